using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ocap.Bench.Driving;

/// <summary>Runs a program to its end by <c>posix_spawn</c> and <c>waitpid</c>: the framework's own way adds a millisecond of its own.</summary>
internal static unsafe partial class Child
{
    private const int FileActionsSize = 256; // glibc: 80
    private const int WriteOnly = 1;

    /// <summary>Runs a program with its output thrown away and returns how many milliseconds it took.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, or did not exit with 0.</exception>
    internal static double Run(string program, string[] arguments, string? home = null)
    {
        string?[] argv = [program, .. arguments, null];
        string?[] environment = [.. Variables(home), null];
        byte* actions = stackalloc byte[FileActionsSize];
        Check(InitFileActions(actions), program);
        Check(AddOpen(actions, 1, "/dev/null", WriteOnly, 0), program);
        Check(AddOpen(actions, 2, "/dev/null", WriteOnly, 0), program);
        long start = Stopwatch.GetTimestamp();
        Check(Spawn(out int pid, program, actions, null, argv, environment), program);
        if (WaitFor(pid, out int status, 0) != pid || status != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)} ended with wait status {status}"));
        }

        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _ = DestroyFileActions(actions);
        return milliseconds;
    }

    private static IEnumerable<string> Variables(string? home)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && !name.StartsWith("OCAP_", StringComparison.Ordinal))
            {
                yield return $"{name}={variable.Value}";
            }
        }

        if (home is not null)
        {
            yield return $"OCAP_HOME={home}";
        }
    }

    private static void Check(int error, string program)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"{program} cannot be started: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int pid, string path, byte* actions, byte* attributes, string?[] argv, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitFileActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyFileActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int pid, out int status, int options);
}
