using System.Diagnostics;
using System.Globalization;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A home of a test's own in a directory of its own. When the test is over, its daemons are killed and the directory is gone, whatever happened.</summary>
internal sealed class TestHome : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _more;

    /// <param name="more">What is different in the environment of its commands, and of the daemon that they start.</param>
    internal TestHome(Dictionary<string, string?>? more = null)
    {
        _more = more ?? [];
        Root = Directory.CreateTempSubdirectory("ocap-").FullName;
        Directory.CreateDirectory(User);
    }

    /// <summary>What is deleted in the end.</summary>
    internal string Root { get; }

    /// <summary>The person's home directory.</summary>
    internal string User => Path.Combine(Root, "user");

    /// <summary>The home of ocap, where it is unless a test says otherwise.</summary>
    internal string Ocap => Path.Combine(User, ".ocap");

    internal string In(string name) => Path.Combine(Ocap, name);

    /// <summary>The environment of every command: nothing of the machine's own ocap.</summary>
    internal Dictionary<string, string?> Environment => new(_more, StringComparer.Ordinal)
    {
        ["HOME"] = User,
        ["OCAP_HOME"] = null,
        ["OCAP_SOCKET_PATH"] = null,
        ["XDG_RUNTIME_DIR"] = null,
        ["SUDO_UID"] = null,
    };

    internal Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(OcapBinary.Path, arguments, Environment);

    internal Task<CommandResult> RunWithAsync(Dictionary<string, string?> changes, params string[] arguments) => Command.RunAsync(OcapBinary.Path, arguments, With(changes));

    /// <summary>Runs a shell script in which <c>$OCAP</c> is the executable.</summary>
    internal Task<CommandResult> ShellAsync(string script) => Command.RunAsync("/bin/sh", ["-c", script], With(new() { ["OCAP"] = OcapBinary.Path }));

    internal Dictionary<string, string?> With(Dictionary<string, string?> changes)
    {
        Dictionary<string, string?> all = Environment;
        foreach ((string name, string? value) in changes)
            all[name] = value;
        return all;
    }

    /// <summary>The daemon's pid. (From the file for people: .NET refuses to open a locked file.)</summary>
    internal int DaemonPid => int.Parse(File.ReadAllText(In("daemon.pid")), CultureInfo.InvariantCulture);

    /// <summary>The files in the home, in order.</summary>
    internal string[] Files => [.. Directory.EnumerateFileSystemEntries(Ocap).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>The live processes that hold a lock of this directory: its daemons.</summary>
    internal IReadOnlyList<int> Daemons()
    {
        int[] holders = [.. Directory.EnumerateDirectories("/proc").Where(HoldsOurs)
            .Select(static process => int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0).Where(static pid => pid > 0)];

        // A daemon starts its vat hosts: between fork and exec such a child has all that its parent has.
        return [.. holders.Where(pid => !holders.Contains(Parent(pid)))];
    }

    /// <summary>Kills the daemon with SIGKILL, and returns its pid when it is dead.</summary>
    internal int KillDaemon()
    {
        int pid = DaemonPid;
        Kill(pid);
        return pid;
    }

    public ValueTask DisposeAsync()
    {
        foreach (int pid in Daemons())
            Kill(pid);
        Directory.Delete(Root, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static bool IsAlive(int pid)
    {
        try
        {
            // A process that has ended and was not collected yet ("Z") is not alive.
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return status[(status.LastIndexOf(')') + 2)..][0] is not 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static int Parent(int pid)
    {
        try
        {
            // Behind the name, in parentheses that it may contain itself: state, parent, …
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private bool HoldsOurs(string process)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(f => new FileInfo(f).LinkTarget is { } target && target.StartsWith(Root, StringComparison.Ordinal) && target.EndsWith("daemon.lock", StringComparison.Ordinal));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
