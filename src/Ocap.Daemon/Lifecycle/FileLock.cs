using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// A lock file under <c>flock(2)</c>. The system lets go of it when its holder ends, however that happens. The file is never deleted: whoever
/// waits for a deleted file's lock waits for nobody. Not <see cref="FileStream"/>: its lock cannot wait, and a variable turns it off.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file, string path)
    {
        _file = file;
        Path = path;
    }

    internal string Path { get; }

    /// <summary>The lock file's descriptor, for reading and writing what it says.</summary>
    internal SafeFileHandle File => _file;

    /// <summary>Opens a lock file without locking it, making it with mode 0600 if need be.</summary>
    /// <exception cref="DaemonException">It cannot be opened, or is a symbolic link.</exception>
    public static FileLock Open(string path) => TryOpen(path, create: true)!;

    /// <summary>Opens a lock file if there is one, to ask about it: where one may only read, one may ask.</summary>
    /// <exception cref="DaemonException">It is there and cannot be opened.</exception>
    public static FileLock? OpenExisting(string path) => TryOpen(path, create: false);

    /// <summary>Waits as long as it takes for the lock that only one may hold.</summary>
    /// <exception cref="DaemonException">The file system has no locks.</exception>
    public void Take() => Apply(Libc.LockExclusive);

    /// <summary>Takes the lock that only one may hold if nobody holds any; at once.</summary>
    /// <exception cref="DaemonException">The file system has no locks.</exception>
    public bool TryTake() => Apply(Libc.LockExclusive | Libc.LockNoWait);

    /// <summary>Whether somebody holds it now.</summary>
    /// <exception cref="DaemonException">The file system has no locks.</exception>
    public bool IsTaken()
    {
        if (!Apply(Libc.LockShared | Libc.LockNoWait))
            return true;
        Apply(Libc.LockRelease);
        return false;
    }

    /// <summary>Lets go and closes.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Starts waiting until nobody holds it. The waiting ends with this process at the latest.</summary>
    internal Task WhenFree()
    {
        TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread waiter = new(() =>
        {
            try
            {
                Apply(Libc.LockShared);
                Apply(Libc.LockRelease);
                free.SetResult();
            }
            catch (Exception fault)
            {
                free.SetException(fault);
            }
        }, maxStackSize: 128 * 1024) { IsBackground = true, Name = "lock waiter" };
        waiter.Start();
        return free.Task;
    }

    private static FileLock? TryOpen(string path, bool create)
    {
        using PrivateUmask umask = PrivateUmask.Begin();
        int descriptor = Libc.Open(path, create ? Libc.OpenForLock | Libc.OpenCreate : Libc.OpenForLook, 0x180 /* 0600 */);
        if (descriptor >= 0)
            return new FileLock(new SafeFileHandle(descriptor, ownsHandle: true), path);
        int error = Libc.LastError;
        return !create && error is Libc.NoEntry or Libc.NotADirectory ? null
            : throw new DaemonException(error == Libc.TooManyLinks
                ? $"{path} is a symbolic link; a lock must be a file of its own. Remove it and try again."
                : $"Cannot open the lock file {path}: {Libc.Describe(error)}. {WhatToDo(error)}");
    }

    private static string WhatToDo(int error) => error == Libc.NoSpace ? "Free some space there, or choose another home with --home or OCAP_HOME."
        : error == Libc.IsDirectory ? "Remove it and try again."
        : "Choose a home that you may write to with --home or OCAP_HOME.";

    private bool Apply(int operation)
    {
        while (Libc.Flock(_file, operation) != 0)
        {
            int error = Libc.LastError;
            if (error == Libc.Interrupted)
                continue;
            return (operation & Libc.LockNoWait) != 0 && error == Libc.WouldBlock
                ? false
                : throw new DaemonException($"Cannot lock {Path}: {Libc.Describe(error)}. Choose a home on a local file system with --home or OCAP_HOME.");
        }
        return true;
    }
}
