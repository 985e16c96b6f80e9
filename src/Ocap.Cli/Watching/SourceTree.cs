using Ocap.Cli.Verbs;

namespace Ocap.Cli.Watching;

/// <summary>The modules of a directory and of those within it (spec/cli.md §6): every <c>.js</c> file is bundled, what npm installed is left alone.</summary>
internal static class SourceTree
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>The sources there are now, in order.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="entering">Told of each directory before its entries are read, so that no change falls between.</param>
    internal static SortedSet<string> Scan(string root, Action<string> entering)
    {
        SortedSet<string> sources = new(StringComparer.Ordinal);
        Stack<string> open = new([root]);
        while (open.TryPop(out string? directory))
        {
            entering(directory);
            try
            {
                foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything))
                {
                    bool isDirectory = entry.Attributes.HasFlag(FileAttributes.Directory);
                    // A link to a directory may lead in a circle.
                    if (isDirectory && entry.LinkTarget is null && entry.Name is not "node_modules")
                        open.Push(entry.FullName);
                    else if (!isDirectory && entry.Extension is ".js")
                        sources.Add(entry.FullName);
                }
            }
            catch (DirectoryNotFoundException) when (!string.Equals(directory, root, StringComparison.Ordinal))
            {
                // It went while we looked.
            }
            catch (DirectoryNotFoundException)
            {
                throw new CommandException($"{root} is gone.");
            }
        }
        return sources;
    }
}
