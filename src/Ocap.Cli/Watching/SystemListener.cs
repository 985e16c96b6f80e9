namespace Ocap.Cli.Watching;

/// <summary>A watcher of the framework for each directory, where there is nothing better.</summary>
internal sealed class SystemListener(Action<string> tell) : IDirectoryListener
{
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);

    public void Listen(string directory)
    {
        if (_watchers.ContainsKey(directory) || !Directory.Exists(directory))
            return;
        FileSystemWatcher watcher = new(directory) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Created += (_, change) => tell(change.FullPath);
        watcher.Changed += (_, change) => tell(change.FullPath);
        watcher.Deleted += (_, change) => tell(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            tell(change.OldFullPath);
            tell(change.FullPath);
        };
        watcher.Error += (_, _) => tell(DirectoryEvents.Lost);
        watcher.EnableRaisingEvents = true;
        _watchers.Add(directory, watcher);
    }

    public void Dispose()
    {
        foreach (FileSystemWatcher watcher in _watchers.Values)
            watcher.Dispose();
    }
}
