namespace Ocap.Vats;

/// <summary>Where a vat's code comes from. The daemon implements it: vats touch neither files nor network. Called on a vat's own thread; may block.</summary>
public interface IBundleSource
{
    /// <summary>Fetches the bundle that a stored vat configuration (JSON text) names, keeps it durably under its hash, and returns it.</summary>
    /// <exception cref="BundleException">It cannot be had; the message says why and what to do.</exception>
    VatBundle Fetch(string vatConfig);

    /// <summary>The bundle kept under a hash (SHA-256, lower-case hex).</summary>
    /// <exception cref="BundleException">It is missing or damaged; the message says so.</exception>
    VatBundle Kept(string hash);
}

/// <summary>A <c>.bundle</c> file's bytes and their SHA-256 in lower-case hex.</summary>
public sealed record VatBundle(string Hash, ReadOnlyMemory<byte> Content);

/// <summary>A bundle that cannot be fetched, read or understood.</summary>
public sealed class BundleException(string message) : Exception(message);
