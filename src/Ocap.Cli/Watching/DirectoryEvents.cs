using System.Collections.Concurrent;

namespace Ocap.Cli.Watching;

/// <summary>Tells which entries of some directories came, changed or went. It may name too many; what they are now is for the listener to look at.</summary>
internal sealed class DirectoryEvents : IDisposable
{
    /// <summary>An editor that saves, or a checkout, touches several files in a row.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private const int MostInARow = 100_000;

    /// <summary>Stands among the paths when some are missing.</summary>
    internal const string Lost = "";

    private readonly BlockingCollection<string> _paths = [];
    private readonly IDirectoryListener _listener;

    internal DirectoryEvents() => _listener = OperatingSystem.IsLinux() ? new Inotify(_paths.Add) : new SystemListener(_paths.Add);

    /// <summary>Starts listening to a directory, not to those within it. Again is no mistake: it may have been removed and made anew.</summary>
    internal void Listen(string directory) => _listener.Listen(directory);

    /// <summary>Waits until something happened, and then until nothing has for a moment.</summary>
    /// <param name="limit">How long to wait for something; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="stop">Ends the waiting with an exception.</param>
    /// <returns>Full paths; none when the limit has passed.</returns>
    internal HashSet<string> Wait(TimeSpan limit, CancellationToken stop)
    {
        HashSet<string> changed = new(StringComparer.Ordinal);
        for (TimeSpan patience = limit; changed.Count < MostInARow && _paths.TryTake(out string? path, (int)patience.TotalMilliseconds, stop); patience = Quiet)
            changed.Add(path);
        return changed;
    }

    public void Dispose() => _listener.Dispose();
}

/// <summary>What a system has to tell of directories.</summary>
internal interface IDirectoryListener : IDisposable
{
    void Listen(string directory);
}
