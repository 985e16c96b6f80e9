using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>What a vat asks of the kernel in one crank, in order.</summary>
internal sealed class SyscallLog
{
    internal const string TooLarge = "syscall capdata too large";

    private const int MaxBody = 10_000_000;
    private const int MaxSlots = 10_000;

    private List<VatSyscall> _syscalls = [];

    /// <summary>Whether the data of one syscall is small enough: 10 million characters and ten thousand references in all.</summary>
    internal static bool Accepts(params IEnumerable<CapData> data)
    {
        long body = 0, slots = 0;
        foreach (CapData item in data)
        {
            body += item.Body.Length;
            slots += item.Slots.Count;
        }

        return body <= MaxBody && slots <= MaxSlots;
    }

    internal void Add(VatSyscall syscall) => _syscalls.Add(syscall);

    internal IReadOnlyList<VatSyscall> Take()
    {
        List<VatSyscall> taken = _syscalls;
        _syscalls = [];
        return taken;
    }
}
