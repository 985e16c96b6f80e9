using System.Runtime.InteropServices;

namespace Ocap.Vats.Hosting.Confinement;

/// <summary>When a system call is allowed.</summary>
internal enum When : byte
{
    Always,

    /// <summary>It starts a thread, not a process.</summary>
    Thread,

    /// <summary>It makes no memory executable.</summary>
    NotExecutable,

    /// <summary>It concerns this process.</summary>
    ThisProcess,

    /// <summary>It names a thread.</summary>
    Naming,

    /// <summary>It reads a limit.</summary>
    ReadingLimit,
}

/// <summary>
/// The system calls that a vat host may make once it is warm: memory, threads, time, randomness, and bytes on what is open. Found by running everything without
/// the others; each that is missing here answers with "not permitted".
/// </summary>
internal static class SystemCallTable
{
    internal const int None = -1;

    /// <summary>A call's numbers on x64 and arm64.</summary>
    internal static readonly (int X64, int Arm64, When When)[] Allowed =
    [
        (0, 63, When.Always), // read
        (1, 64, When.Always), // write
        (3, 57, When.Always), // close
        (5, 80, When.Always), // fstat
        (7, None, When.Always), // poll
        (8, 62, When.Always), // lseek
        (9, 222, When.NotExecutable), // mmap
        (10, 226, When.NotExecutable), // mprotect
        (11, 215, When.Always), // munmap
        (12, 214, When.Always), // brk
        (13, 134, When.Always), // rt_sigaction
        (14, 135, When.Always), // rt_sigprocmask
        (15, 139, When.Always), // rt_sigreturn
        (24, 124, When.Always), // sched_yield
        (25, 216, When.Always), // mremap
        (27, 232, When.Always), // mincore
        (28, 233, When.Always), // madvise
        (35, 101, When.Always), // nanosleep
        (39, 172, When.Always), // getpid
        (44, 206, When.Always), // sendto
        (45, 207, When.Always), // recvfrom
        (48, 210, When.Always), // shutdown
        (56, 220, When.Thread), // clone
        (60, 93, When.Always), // exit
        (96, 169, When.Always), // gettimeofday
        (98, 165, When.Always), // getrusage
        (99, 179, When.Always), // sysinfo
        (131, 132, When.Always), // sigaltstack
        (157, 167, When.Naming), // prctl
        (186, 178, When.Always), // gettid
        (202, 98, When.Always), // futex
        (204, 123, When.Always), // sched_getaffinity
        (219, 128, When.Always), // restart_syscall
        (228, 113, When.Always), // clock_gettime
        (229, 114, When.Always), // clock_getres
        (230, 115, When.Always), // clock_nanosleep
        (231, 94, When.Always), // exit_group
        (234, 131, When.ThisProcess), // tgkill
        (239, 236, When.Always), // get_mempolicy
        (271, 73, When.Always), // ppoll
        (273, 99, When.Always), // set_robust_list
        (302, 261, When.ReadingLimit), // prlimit64
        (309, 168, When.Always), // getcpu
        (318, 278, When.Always), // getrandom
        (324, 283, When.Always), // membarrier
        (334, 293, When.Always), // rseq
    ];

    /// <summary>clone3, whose arguments no filter can see: "no such call" makes the C library fall back to clone.</summary>
    internal const int Clone3 = 435;

    /// <summary>The kernel's names of architectures (AUDIT_ARCH_…).</summary>
    internal const uint X64 = 0xC000003E;

    private const uint Arm64 = 0xC00000B7;

    /// <summary>The kernel's name of this architecture, or null where there is no table.</summary>
    internal static uint? Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => null,
    };
}
