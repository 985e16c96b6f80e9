namespace Ocap.Bundler;

/// <summary>What a bundling run may be told.</summary>
public sealed record BundleOptions
{
    /// <summary>Paths in messages are shown relative to this directory, or, when it is empty, in full. No path of any kind is written to a bundle.</summary>
    public string DisplayDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>
    /// Reads a source, or a <c>package.json</c>. Whoever bundles what others name gives a reader that neither waits for a pipe nor reads a device; its
    /// exceptions are those of <see cref="File.ReadAllBytes"/>, and their messages are shown.
    /// </summary>
    public Func<string, byte[]> Read { get; init; } = File.ReadAllBytes;

    /// <summary>Leaves out white space that means nothing. Names and everything else stay.</summary>
    public bool Minify { get; init; }
}
