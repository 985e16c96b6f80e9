using System.Collections;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Starts <c>ocap daemon run --detached</c> and waits for the one line in which it says that it is ready, or why not.</summary>
/// <remarks>posix_spawn rather than <see cref="Process"/>: the daemon's output is a pipe of ours, its errors stay with our caller until it is ready, and nothing else leaks.</remarks>
[UnsupportedOSPlatform("windows")]
public static unsafe class DaemonSpawner
{
        private const int LineLimit = 64 * 1024;
    private const short CloseByDefaultDarwin = 0x4000;

    /// <summary>Starts a daemon for a home. The caller holds the home's <c>spawn.lock</c>.</summary>
    /// <param name="home">The home, already checked.</param>
    /// <param name="executable">Path of the <c>ocap</c> executable.</param>
    /// <param name="limit">How long it may take to be ready. It is left running when that is over.</param>
    /// <exception cref="DaemonException">It did not become ready: the sentence says why and where its log is.</exception>
    public static Readiness Start(HomeDirectory home, string executable, TimeSpan limit)
    {
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends) != 0)
            throw new DaemonException($"Cannot start the daemon: {Libc.Describe(Libc.LastError)}.");
        using SafeFileHandle reading = new(ends[0], ownsHandle: true);
        int pid;
        using (SafeFileHandle writing = new(ends[1], ownsHandle: true))
            pid = Spawn(home, executable, ends[1]);
        byte[]? line = ReadLine(reading, limit, out bool late);
        string log = $"Its log: {home.Log}";
        if (late)
            throw new DaemonException($"Daemon did not start within {limit.TotalSeconds:0}s; process {pid} is still at it. {log}");
        if (line is null || Readiness.Parse(line) is not { } readiness)
            throw new DaemonException($"The daemon ended before it was ready ({Libc.HowItEnded(pid)}). {log}");
        return readiness.Error is null ? readiness : throw new DaemonException($"{readiness.Error} {log}");
    }

    private static int Spawn(HomeDirectory home, string executable, int output)
    {
        Libc.CloseOthersOnExec();
        byte* actions = stackalloc byte[Libc.SpawnStructureSize];
        byte* attributes = stackalloc byte[Libc.SpawnStructureSize];
        Libc.SpawnActionsInit(actions);
        Libc.SpawnActionsOpen(actions, 0, "/dev/null", 0, 0);
        Libc.SpawnActionsDuplicate(actions, output, 1);
        if (OperatingSystem.IsMacOS())
        {
            Libc.SpawnAttributesInit(attributes);
            Libc.SpawnAttributesFlags(attributes, CloseByDefaultDarwin);
            Libc.SpawnActionsDuplicate(actions, 2, 2);
        }
        using NativeStrings arguments = new([executable, "daemon", "run", "--detached"]);
        using NativeStrings environment = new(EnvironmentFor(home));
        int pid = 0;
        int error = Libc.Spawn(&pid, executable, actions, OperatingSystem.IsMacOS() ? attributes : null, arguments.Pointers, environment.Pointers);
        Libc.SpawnActionsDestroy(actions);
        return error == 0 ? pid : throw new DaemonException($"Cannot start {executable}: {Libc.Describe(error)}.");
    }

    private static List<string> EnvironmentFor(HomeDirectory home)
    {
        List<string> variables = [$"{HomeDirectory.HomeVariable}={home.Path}", $"{HomeDirectory.SocketVariable}={home.Socket}"];
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if ((string)entry.Key is not (HomeDirectory.HomeVariable or HomeDirectory.SocketVariable) and { } name)
                variables.Add($"{name}={entry.Value}");
        }
        return variables;
    }

    /// <summary>The first line without its newline; null when the other side closed before it was complete.</summary>
    private static byte[]? ReadLine(SafeFileHandle pipe, TimeSpan limit, out bool late)
    {
        long deadline = Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        byte[] buffer = new byte[LineLimit];
        int filled = 0;
        late = false;
        while (filled < buffer.Length)
        {
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
            Libc.PollEntry entry = new() { Descriptor = (int)pipe.DangerousGetHandle(), Events = Libc.PollIn };
            int ready = Libc.Poll(&entry, 1, (int)Math.Max(0, Math.Ceiling(left.TotalMilliseconds)));
            if (ready < 0)
                continue; // a signal came in between
            late = ready == 0;
            if (late)
                return null;
            int read;
            fixed (byte* free = &buffer[filled])
                read = (int)Libc.Read(entry.Descriptor, free, (nuint)(buffer.Length - filled));
            if (read <= 0)
                return null;
            int newline = buffer.AsSpan(filled, read).IndexOf((byte)'\n');
            if (newline >= 0)
                return buffer[..(filled + newline)];
            filled += read;
        }
        return null;
    }
}
