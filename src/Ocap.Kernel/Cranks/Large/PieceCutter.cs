using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>Cuts a report into pieces, from its first syscall to its last change of the store. The wish to exit goes last, whenever it was said: it is what is done last anyway.</summary>
internal sealed class PieceCutter(CrankReport report, KernelOptions options)
{
    private int _syscall;
    private int _row;
    private SyscallExit? _exit;

    /// <summary>All has been cut.</summary>
    internal bool IsAtEnd => _syscall == report.Syscalls.Count && _row == report.Vatstore.Count && _exit is null;

    internal Piece Next()
    {
        var syscalls = new List<VatSyscall>();
        CrankSize size = default;
        while (_syscall < report.Syscalls.Count && (syscalls.Count == 0 || !size.Exceeds(options, 1)))
        {
            VatSyscall next = report.Syscalls[_syscall++];
            if (next is SyscallExit exit)
            {
                _exit ??= exit;
                continue;
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
}
