namespace Ocap.Kernel.State;

/// <summary>Kernel keys as one commit sees them: read, put, delete.</summary>
internal abstract class StateView
{
    /// <summary>The value of a key, or null.</summary>
    internal abstract string? Get(string key);

    /// <summary>Sets a key that may exist already.</summary>
    internal abstract void Put(string key, string value);

    /// <summary>Sets a key that is known not to exist, neither here nor below: its delete can cancel it out (K20).</summary>
    internal abstract void Create(string key, string value);

    /// <summary>Deletes a key; no error when it does not exist.</summary>
    internal abstract void Delete(string key);

    /// <summary>All rows whose key starts with <paramref name="prefix"/>, in no particular order.</summary>
    internal abstract List<KeyValuePair<string, string>> Scan(string prefix);

    /// <summary>The first rows under <paramref name="prefix"/> behind the key <paramref name="after"/>, in key order; it does not cost what the rest is.</summary>
    internal abstract List<KeyValuePair<string, string>> ScanSome(string prefix, string after, int most);

    /// <summary>The value of a key that must be there.</summary>
    /// <exception cref="KernelInvariantException">It is not.</exception>
    internal string GetRequired(string key) => Get(key) ?? throw new KernelInvariantException($"no record matching key '{key}'");
}
