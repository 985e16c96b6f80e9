namespace Ocap.Bundler;

/// <summary>A finished bundle and what making it showed.</summary>
public sealed record BundleResult
{
    /// <summary>The content of the <c>.bundle</c> file: one JSON object, UTF-8.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>How many modules went in, built-in ones included.</summary>
    public required int ModuleCount { get; init; }

    /// <summary>Sentences a person should see, each once, in the order they came up.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Full paths of the files read, in evaluation order: what a watcher has to watch.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }
}
