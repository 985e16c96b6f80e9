using Ocap.Cli.Bundling;
using Ocap.Remotes.Content;

namespace Ocap.Cli.Http;

/// <summary>A directory whose bundles can be read by HTTP, and nothing else in it or outside (spec/cli.md §6).</summary>
internal sealed class BundleDirectory(string directory)
{
    private static readonly HttpReply NotFound = new(404);
    private readonly string _root = RealPath.Of(directory) ?? directory;

    internal HttpReply Answer(HttpRequest request)
    {
        if (request.Method is not ("GET" or "HEAD"))
            return new HttpReply(405);
        if (Find(request.Target) is not { } path)
            return NotFound;
        byte[] bundle;
        try
        {
            bundle = SourceFiles.Read(path);
        }
        catch (Exception missing) when (missing is IOException)
        {
            return NotFound;
        }
        string tag = $"\"{ContentHash.Of(bundle)}\"";
        return request.Has(tag) ? new HttpReply(304) { Tag = tag } : new HttpReply(200) { Tag = tag, Body = bundle };
    }

    /// <summary>The file a request means, when it may be served.</summary>
    private string? Find(string target)
    {
        string path = _root;
        foreach (string encoded in target.Split('/').Skip(1))
        {
            string name = Uri.UnescapeDataString(encoded);
            if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
                return null;
            path = Path.Combine(path, name);
        }
        try
        {
            return path.EndsWith(SourceFiles.BundleExtension, StringComparison.Ordinal) && RealPath.Of(path) is { } real && IsInside(real) ? real : null;
        }
        catch (IOException)
        {
            return null; // a name that the file system does not have room for
        }
    }

    private bool IsInside(string path) => path.StartsWith(Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
