using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>Cuts a report into pieces, from its first syscall to its last change of the store. The wish to exit goes last, whenever it was said: it is what is done last anyway.</summary>
internal sealed class PieceCutter(CrankReport report, KernelOptions options)
{
    private int _syscall;
    private int _row;

    /// <summary>References of a collection syscall that has been cut in two: those of the part that is still to come.</summary>
    private int _collected;
    /// <summary>Of a resolve syscall that has been cut: how many of its promises are in the parts that settle them, and in those that forget their names.</summary>
    private int _settled;
    private int _forgotten;
    private SyscallExit? _exit;

    /// <summary>All has been cut.</summary>
    internal bool IsAtEnd => _syscall == report.Syscalls.Count && _row == report.Vatstore.Count && _exit is null;

    internal Piece Next()
    {
        var syscalls = new List<VatSyscall>();
        CrankSize size = default;
        while (_syscall < report.Syscalls.Count && (syscalls.Count == 0 || !size.Exceeds(options, 1)))
        {
            VatSyscall next = report.Syscalls[_syscall];
            if (next is SyscallExit exit)
            {
                _exit ??= exit;
                _syscall++;
                continue;
            }

            if (next is SyscallGc gc)
            {
                next = Cut(gc);
            }
            else if (next is SyscallResolve resolve && CrankSize.Of(resolve).Exceeds(options, 1))
            {
                next = Cut(resolve);
            }
            else
            {
                _syscall++;
            }

            syscalls.Add(next);
            size += CrankSize.Of(next);
        }

        var rows = new List<KeyValuePair<string, string?>>();
        if (_syscall == report.Syscalls.Count && !size.Exceeds(options, 1))
        {
            int count = CrankSize.RowsIn(report.Vatstore, _row, new CrankSize(options.PieceParts - size.Parts, options.PieceCharacters - size.Characters));
            for (; count > 0; count--)
            {
                rows.Add(report.Vatstore[_row++]);
            }
        }

        if (_exit is not null && _syscall == report.Syscalls.Count && _row == report.Vatstore.Count)
        {
            syscalls.Add(_exit);
            _exit = null;
        }

        return new Piece(syscalls, rows);
    }

    /// <summary>The next references of a collection syscall, each of which stands for itself.</summary>
    private SyscallGc Cut(SyscallGc gc)
    {
        int count = Math.Min(gc.VRefs.Count - _collected, 1 + options.PieceParts);
        SyscallGc part = count == gc.VRefs.Count ? gc : gc with { VRefs = [.. gc.VRefs.Skip(_collected).Take(count)] };
        _collected += count;
        if (_collected == gc.VRefs.Count)
        {
            _syscall++;
            _collected = 0;
        }

        return part;
    }

    /// <summary>The next promises of a resolve syscall: first some that settle, when all do, some whose names are forgotten.</summary>
    private VatSyscall Cut(SyscallResolve resolve)
    {
        IReadOnlyList<PromiseSettlement> all = resolve.Settlements;
        if (_settled < all.Count)
        {
            var some = new List<PromiseSettlement>();
            for (CrankSize size = default; _settled < all.Count && !size.Exceeds(options, 1); _settled++)
            {
                some.Add(all[_settled]);
                size += CrankSize.Of(all[_settled]);
            }

            return new SettleSome(some);
        }

        var names = new List<string>();
        for (; _forgotten < all.Count && names.Count <= options.PieceParts; _forgotten++)
        {
            names.Add(all[_forgotten].Promise);
        }

        if (_forgotten == all.Count)
        {
            _syscall++;
            _settled = _forgotten = 0;
        }

        return new ForgetSettled(names);
    }
}
