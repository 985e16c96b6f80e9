namespace Ocap.Bundler;

/// <summary>What a bundling run may be told.</summary>
public sealed record BundleOptions
{
    /// <summary>Paths in messages are shown relative to this directory, or, when it is empty, in full. No path of any kind is written to a bundle.</summary>
    public string DisplayDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Leaves out white space that means nothing. Names and everything else stay.</summary>
    public bool Minify { get; init; }
}
