using System.Buffers.Binary;
using System.Runtime.Versioning;
using Ocap.Vats.Hosting.Confinement;

namespace Ocap.Vats.Tests.Hosting;

/// <summary>The program that decides about a vat host's system calls, run here as the kernel runs it.</summary>
[SupportedOSPlatform("linux")]
public sealed class SystemCallFilterTests
{
    private const uint X64 = 0xC000003E, I386 = 0x40000003;
    private const uint Allow = 0x7FFF0000, Kill = 0x80000000, NotPermitted = 0x00050001, NoSuchCall = 0x00050026;

    [Test]
    [Arguments("read", 0)]
    [Arguments("mmap of memory", 9, 0, 4096, 3)]
    [Arguments("mprotect to read and write", 10, 0, 4096, 3)]
    [Arguments("sendto", 44)]
    [Arguments("recvfrom", 45)]
    [Arguments("clone of a thread", 56, 0x003D0F00)]
    [Arguments("prctl that names a thread", 157, 15)]
    [Arguments("futex", 202)]
    [Arguments("prlimit64 that reads", 302, 0, 3, 0)]
    [Arguments("getrandom", 318)]
    public async Task What_running_vats_needs_is_allowed(string call, int number, params long[] arguments) =>
        await Assert.That(Decide(X64, number, arguments)).IsEqualTo(Allow).Because(call);

    [Test]
    [Arguments("open", 2)]
    [Arguments("openat", 257)]
    [Arguments("openat2", 437)]
    [Arguments("creat", 85)]
    [Arguments("stat", 4)]
    [Arguments("newfstatat", 262)]
    [Arguments("readlink", 89)]
    [Arguments("getdents64", 217)]
    [Arguments("unlink", 87)]
    [Arguments("rename", 82)]
    [Arguments("chmod", 90)]
    [Arguments("mount", 165)]
    [Arguments("socket", 41)]
    [Arguments("connect", 42)]
    [Arguments("bind", 49)]
    [Arguments("accept", 43)]
    [Arguments("sendmsg, which passes descriptors", 46)]
    [Arguments("execve", 59)]
    [Arguments("execveat", 322)]
    [Arguments("fork", 57)]
    [Arguments("vfork", 58)]
    [Arguments("clone of a process", 56, 0x1200011)]
    [Arguments("ptrace", 101)]
    [Arguments("process_vm_writev", 311)]
    [Arguments("kill", 62)]
    [Arguments("tgkill of another process", 234, 1, 1, 9)]
    [Arguments("pidfd_open", 434)]
    [Arguments("pidfd_send_signal", 424)]
    [Arguments("mmap of code", 9, 0, 4096, 5)]
    [Arguments("mprotect to code", 10, 0, 4096, 5)]
    [Arguments("prctl that sets dumpable", 157, 4, 1)]
    [Arguments("prlimit64 that sets", 302, 0, 7, 4096)]
    [Arguments("prlimit64 that sets, high half", 302, 0, 7, 0x7FFF00000000)]
    [Arguments("memfd_create", 319)]
    [Arguments("io_uring_setup", 425)]
    [Arguments("bpf", 321)]
    [Arguments("perf_event_open", 298)]
    [Arguments("userfaultfd", 323)]
    [Arguments("setns", 308)]
    [Arguments("unshare", 272)]
    [Arguments("ioctl", 16)]
    [Arguments("keyctl", 250)]
    [Arguments("a call of a later kernel", 1000)]
    public async Task Everything_else_is_not_permitted(string call, int number, params long[] arguments) =>
        await Assert.That(Decide(X64, number, arguments)).IsEqualTo(NotPermitted).Because(call);

    [Test]
    public async Task Calls_by_another_architecture_kill_and_clone3_does_not_exist()
    {
        await Assert.That(Decide(I386, 0)).IsEqualTo(Kill);
        await Assert.That(Decide(X64, 0x40000000 | 41)).IsEqualTo(Kill);
        await Assert.That(Decide(X64, 435)).IsEqualTo(NoSuchCall);
        await Assert.That(Decide(X64, 234, Environment.ProcessId, 5, 34)).IsEqualTo(Allow);
    }

    /// <summary>Runs the program over <c>struct seccomp_data</c>: number, architecture, instruction pointer, six arguments.</summary>
    private static uint Decide(uint architecture, int number, params long[] arguments)
    {
        byte[] data = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (int i = 0; i < arguments.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(16 + (8 * i)), arguments[i]);
        }

        IReadOnlyList<SystemCallFilter.Instruction> program = SystemCallFilter.Write(X64);
        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            SystemCallFilter.Instruction next = program[at];
            switch (next.Code)
            {
                case 0x20:
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)next.Value));
                    break;
                case 0x06:
                    return next.Value;
                default:
                    bool holds = next.Code switch
                    {
                        0x15 => accumulator == next.Value,
                        0x35 => accumulator >= next.Value,
                        0x45 => (accumulator & next.Value) != 0,
                        _ => throw new InvalidOperationException($"unknown instruction {next.Code:x}"),
                    };
                    at += holds ? next.IfTrue : next.IfFalse;
                    break;
            }
        }
    }
}
