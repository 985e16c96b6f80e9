using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Native = System.Runtime.InteropServices.Marshal;

namespace Ocap.Daemon.Lifecycle;

/// <summary>The few calls of the C library that .NET does not offer. Numbers are Linux's, macOS's where they differ.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class Libc
{
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int NotADirectory = 20;
    internal const int IsDirectory = 21;
    internal const int NoSuchDevice = 6;
    internal const int AccessDenied = 13;
    internal const int NoSpace = 28;
    internal const int BrokenPipe = 32;
    internal const int OpenForReading = 0;
    internal const int OpenForWriting = 1;
    internal const int TooManyLinks = 40;
    internal const int LockExclusive = 2;
    internal const int LockShared = 1;
    internal const int LockNoWait = 4;
    internal const int LockRelease = 8;
    internal const int AtCurrentDirectory = -100;
    internal const int AtNoFollow = 0x100;
    internal const int AtEmptyPath = 0x1000;
    internal const uint StatxBasic = 0x7FF;
    internal const int KillSignal = 9;
    internal const int TermSignal = 15;
    internal static int ContinueSignal => OperatingSystem.IsMacOS() ? 19 : 18;
    internal const short PollIn = 1;
    internal const short PollOut = 4;

    /// <summary>Room for what posix_spawn is told: glibc's attributes take 336 bytes, its actions 80; macOS has a pointer each.</summary>
    internal const int SpawnStructureSize = 512;

    private const int GetDescriptorFlags = 1;
    private const int UnixFamily = 1;
    private const int StreamSocket = 1;
    private const int CloseOnExecSocket = 0x80000;
    private const nint SystemCallPidfdSend = 424;
    private const nint SystemCallPidfdOpen = 434;
    private const nint SystemCallCloseRange = 436;
    private const nuint CloseRangeCloseOnExec = 4;

    /// <summary><c>EWOULDBLOCK</c>.</summary>
    internal static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Open flags: read and write, closed on exec, links refused.</summary>
    internal static int OpenForLock => OperatingSystem.IsMacOS()
        ? 0x2 | 0x1000000 | 0x100
        : 0x2 | 0x80000 | (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000);

    /// <summary>Open flags: closed on exec, and neither the opening nor the reading waits for anybody.</summary>
    internal static int OpenAtOnce => OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 : 0x80000 | 0x800;

    /// <summary>Open flags: read, closed on exec, links refused.</summary>
    internal static int OpenForLook => OpenForLock & ~0x2;

    /// <summary>Open flags: write at the end, made when missing, closed on exec, links refused.</summary>
    internal static int OpenForAppend => (OpenForLock & ~0x2) | 0x1 | OpenCreate | (OperatingSystem.IsMacOS() ? 0x8 : 0x400);

    /// <summary>Open flag: make the file when it is missing.</summary>
    internal static int OpenCreate => OperatingSystem.IsMacOS() ? 0x200 : 0x40;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenPlain(string path, int flags, uint mode);

    // open(2) is variadic, and Apple's arm64 passes variadic arguments on the stack: six idle ones push the mode there.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenAppleArm(string path, int flags, nint a, nint b, nint c, nint d, nint e, nint f, uint mode);

    internal static int Open(string path, int flags, uint mode) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? OpenAppleArm(path, flags, 0, 0, 0, 0, 0, 0, mode)
            : OpenPlain(path, flags, mode);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int NewSocket(int family, int type, int protocol);

    /// <summary>A Unix stream socket, closed on exec where that can be asked for; negative when there is none.</summary>
    internal static int UnixSocket() => NewSocket(UnixFamily, StreamSocket | (OperatingSystem.IsLinux() ? CloseOnExecSocket : 0), 0);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(SafeHandle socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(SafeHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int DescriptorControl(int descriptor, int command);

    /// <summary>Whether there is such a descriptor.</summary>
    internal static bool IsOpen(int descriptor) => DescriptorControl(descriptor, GetDescriptorFlags) >= 0;

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    internal static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    internal static partial int Pipe(int* descriptors);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(int descriptor, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(int descriptor, int backlog);

    [LibraryImport("libc", EntryPoint = "umask")]
    internal static partial uint Umask(uint mask);

    /// <summary>Which of glibc's sources answer for names of a kind, whatever the machine's configuration says.</summary>
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "__nss_configure_lookup", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ConfigureNameSources(string kind, string sources);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    internal static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void ExitAtOnce(int code);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitProcess(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Statx(int directory, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int StatDarwin(string path, byte* result);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    internal static partial int FstatDarwin(SafeHandle file, byte* result);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int LstatDarwin(string path, byte* result);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Spawn(int* process, string path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnActionsDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SpawnActionsOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesFlags(void* attributes, short flags);

    /// <summary>A descriptor for a process that cannot come to mean another one; negative when there is none (or not on this system).</summary>
    internal static int PidfdOpen(int process) => OperatingSystem.IsLinux() ? (int)SystemCall(SystemCallPidfdOpen, process, 0, 0, 0) : -1;

    internal static bool PidfdSend(SafeHandle pidfd, int signal) => SystemCall(SystemCallPidfdSend, pidfd.DangerousGetHandle(), signal, 0, 0) == 0;

    /// <summary>Marks every descriptor but the standard three to be closed in programs this process starts.</summary>
    internal static void CloseOthersOnExec()
    {
        if (OperatingSystem.IsLinux())
            _ = SystemCall(SystemCallCloseRange, 3, unchecked((nint)uint.MaxValue), (nint)CloseRangeCloseOnExec, 0);
    }

    /// <summary>Waits for the end of a child and says how it came.</summary>
    internal static string HowItEnded(int process)
    {
        int status = 0;
        int found;
        do
        {
            found = WaitProcess(process, &status, 0);
        }
        while (found < 0 && LastError == Interrupted);
        int signal = status & 0x7F;
        return found != process ? "its exit code is not known" : signal == 0 ? $"exit code {(status >> 8) & 0xFF}" : $"signal {signal}";
    }

    /// <summary>What the call just made on this thread failed with.</summary>
    internal static int LastError => Native.GetLastPInvokeError();

    internal static string Describe(int error) => Native.GetPInvokeErrorMessage(error);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Events;
        internal short Result;
    }
}
