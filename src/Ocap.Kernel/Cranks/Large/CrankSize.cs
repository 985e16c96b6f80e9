using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>
/// How much a crank asks for, in what it costs the kernel: parts (a syscall, a reference that it mentions, a promise that it settles; four changed rows of the vat's
/// store) and characters.
/// </summary>
/// <param name="Parts">Parts.</param>
/// <param name="Characters">Characters of bodies, keys and values.</param>
internal readonly record struct CrankSize(long Parts, long Characters)
{
    private const int RowsOfAPart = 4;

    public static CrankSize operator +(CrankSize a, CrankSize b) => new(a.Parts + b.Parts, a.Characters + b.Characters);

    /// <summary>Whether it is more than so many times a piece.</summary>
    internal bool Exceeds(KernelOptions options, int pieces) =>
        Parts > (long)pieces * options.PieceParts || Characters > (long)pieces * options.PieceCharacters;

    internal static CrankSize Of(VatSyscall syscall)
    {
        switch (syscall)
        {
            case SyscallSend send:
                return Of(send.Methargs);
            case SyscallResolve resolve:
                return Of(resolve.Settlements);
            case SettleSome some:
                return Of(some.Settlements);
            case ForgetSettled forget:
                return new CrankSize(forget.Promises.Count, 0);
            case SyscallGc gc:
                return new CrankSize(gc.VRefs.Count, 0);
            case SyscallExit exit:
                return Of(exit.Info);
            default:
                return new CrankSize(1, 0);
        }
    }

    internal static CrankSize OfRows(IReadOnlyList<KeyValuePair<string, string?>> rows)
    {
        long characters = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            characters += CharactersOf(rows[i]);
        }

        return new CrankSize(rows.Count / RowsOfAPart, characters);
    }

    internal static CrankSize Of(CrankReport report)
    {
        CrankSize size = OfRows(report.Vatstore);
        for (int i = 0; i < report.Syscalls.Count; i++)
        {
            size += Of(report.Syscalls[i]);
        }

        return size;
    }

    /// <summary>How many of the rows from <paramref name="from"/> on make up <paramref name="room"/>; at least one if there is one.</summary>
    internal static int RowsIn(IReadOnlyList<KeyValuePair<string, string?>> rows, int from, CrankSize room)
    {
        long characters = 0;
        int count = 0;
        while (from + count < rows.Count && (count == 0 || (count < room.Parts * RowsOfAPart && characters < room.Characters)))
        {
            characters += CharactersOf(rows[from + count]);
            count++;
        }

        return count;
    }

    internal static CrankSize Of(PromiseSettlement settlement) => Of(settlement.Value);

    private static CrankSize Of(IReadOnlyList<PromiseSettlement> settlements)
    {
        var size = new CrankSize(1, 0);
        for (int i = 0; i < settlements.Count; i++)
        {
            size += Of(settlements[i]);
        }

        return size;
    }

    private static CrankSize Of(CapData value) => new(1 + value.Slots.Count, value.Body.Length);

    private static long CharactersOf(KeyValuePair<string, string?> row) => row.Key.Length + (row.Value?.Length ?? 0);
}
