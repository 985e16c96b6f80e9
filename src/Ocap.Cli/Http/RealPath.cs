namespace Ocap.Cli.Http;

/// <summary>A path without symbolic links, of which .NET resolves only the last component's.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path a full path leads to, existing or not; null when its links go round in a circle.</summary>
    internal static string? Of(string path)
    {
        string at = Path.GetPathRoot(path)!;
        Stack<string> rest = new();
        Push(path);
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name is "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }
            string next = Path.Combine(at, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            if (Path.IsPathRooted(target))
                at = Path.GetPathRoot(target)!;
            Push(target);
        }
        return at;

        void Push(string part)
        {
            foreach (string name in part[Path.GetPathRoot(part)!.Length..].Split(Path.DirectorySeparatorChar).Reverse().Where(n => n is not ("" or ".")))
                rest.Push(name);
        }
    }
}
