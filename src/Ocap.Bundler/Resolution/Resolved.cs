namespace Ocap.Bundler.Resolution;

/// <summary>What a specifier leads to: a file, a built-in module, or nothing on purpose (<see cref="Empty"/>).</summary>
internal readonly record struct Resolved(string? File, string? BuiltIn)
{
    /// <summary>A package says that there is no such module outside Node: an empty one takes its place.</summary>
    public static readonly Resolved Empty;

    public string Key => File ?? (BuiltIn is null ? "empty:" : "built-in:" + BuiltIn);
}
