using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Hosting.Confinement;

/// <summary>
/// Linux's seccomp: a program that the kernel runs before each system call of this process, and that lets through those of <see cref="SystemCallTable"/> only.
/// It holds for all threads and can never be taken off.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class SystemCallFilter
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfAnySet = 0x45, Return = 0x06;
    private const uint Allow = 0x7FFF0000, Kill = 0x80000000, Refuse = 0x00050000;
    private const uint NotPermitted = 1, NoSuchCall = 38;
    private const uint Number = 0, ArchitectureAt = 4;
    private const uint OtherAbi = 0x40000000;
    private const uint ThreadFlag = 0x10000, Executable = 4, SetName = 15;
    private const int ModeFilter = 1;
    private const int AllThreads = 1;

    private static nint CallNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 317 : 277;

    /// <summary>Whether it is in force, in all threads.</summary>
    internal static bool TryInstall()
    {
        if (SystemCallTable.Architecture is not { } architecture)
        {
            return false;
        }

        Instruction[] instructions = [.. Write(architecture)];
        fixed (Instruction* first = instructions)
        {
            var program = new FilterProgram { Length = (ushort)instructions.Length, First = first };
            return SystemCall(CallNumber, ModeFilter, AllThreads, (nint)(&program), 0) == 0;
        }
    }

    /// <summary>The program for an architecture that there is a table for.</summary>
    internal static List<Instruction> Write(uint architecture)
    {
        List<Instruction> program =
        [
            new(Load, ArchitectureAt), new(JumpIfEqual, architecture, 1, 0), new(Return, Kill),
            new(Load, Number), new(JumpIfAtLeast, OtherAbi, 0, 1), new(Return, Kill),
            new(JumpIfEqual, SystemCallTable.Clone3, 0, 1), new(Return, Refuse | NoSuchCall),
        ];
        bool isX64 = architecture == SystemCallTable.X64;
        foreach ((int x64, int arm64, When when) in SystemCallTable.Allowed)
        {
            int number = isX64 ? x64 : arm64;
            if (number == SystemCallTable.None)
            {
                continue;
            }

            Instruction[] answer = Answer(when);
            program.Add(new(JumpIfEqual, (uint)number, 0, (byte)answer.Length));
            program.AddRange(answer);
        }

        program.Add(new(Return, Refuse | NotPermitted));
        return program;
    }

    private static Instruction[] Answer(When when) => when switch
    {
        When.Thread => [new(Load, Argument(0)), new(JumpIfAnySet, ThreadFlag, 1, 0), new(Return, Refuse | NotPermitted), new(Return, Allow)],
        When.NotExecutable => [new(Load, Argument(2)), new(JumpIfAnySet, Executable, 0, 1), new(Return, Refuse | NotPermitted), new(Return, Allow)],
        When.ThisProcess => [new(Load, Argument(0)), new(JumpIfEqual, (uint)Environment.ProcessId, 1, 0), new(Return, Refuse | NotPermitted), new(Return, Allow)],
        When.Naming => [new(Load, Argument(0)), new(JumpIfEqual, SetName, 1, 0), new(Return, Refuse | NotPermitted), new(Return, Allow)],
        When.ReadingLimit =>
        [
            new(Load, Argument(2)), new(JumpIfEqual, 0, 1, 0), new(Return, Refuse | NotPermitted),
            new(Load, Argument(2) + 4), new(JumpIfEqual, 0, 1, 0), new(Return, Refuse | NotPermitted), new(Return, Allow),
        ],
        _ => [new(Return, Allow)],
    };

    /// <summary>Where the lower half of an argument lies; little-endian, as both architectures are.</summary>
    private static uint Argument(uint index) => 16 + (8 * index);

    /// <summary><c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Instruction(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public Instruction* First;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);
}
