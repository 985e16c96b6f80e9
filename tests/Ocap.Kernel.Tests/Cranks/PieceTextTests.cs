using Ocap.Kernel.Cranks.Large;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>How a piece of a crank is written down.</summary>
public sealed class PieceTextTests
{
    private static readonly Piece Whole = new(
        [
            Ask.Send("o-1", "with \"quotes\", 12,commas and \U0001F600", "p+1", "o+1", "p-2"),
            Ask.Send("p-7", ""),
            Ask.Subscribe("p+1"),
            new SyscallResolve([new PromiseSettlement("p+3", true, new CapData("", [])), new PromiseSettlement("p+4", false, Ask.Ref("o+5"))]),
            Ask.Gc(GcSyscallKind.RetireExports, "o+6", "o+7"),
            new SettleSome([new PromiseSettlement("p+6", false, Ask.Ref("p+7")), new PromiseSettlement("p+7", true, Ask.Seven)]),
            new ForgetSettled(["p+6", "p+7"]),
            Ask.Exit(),
        ],
        [new("key", "value"), new("empty", ""), new("gone", null)]);

    [Test]
    public async Task What_was_written_is_read_again()
    {
        string text = PieceText.Write(Whole);
        Piece read = PieceText.Read(text);
        await Assert.That(PieceText.Write(read)).IsEqualTo(text);
        await Assert.That(read.Syscalls.Count).IsEqualTo(Whole.Syscalls.Count);
        await Assert.That(read.Vatstore).IsEquivalentTo(Whole.Vatstore, TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(((SyscallSend)read.Syscalls[0]).Methargs).IsEqualTo(((SyscallSend)Whole.Syscalls[0]).Methargs);
        await Assert.That(((SyscallSend)read.Syscalls[1]).Result).IsNull();
        await Assert.That(((SyscallResolve)read.Syscalls[3]).Settlements).IsEquivalentTo(((SyscallResolve)Whole.Syscalls[3]).Settlements, TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(((SettleSome)read.Syscalls[5]).Settlements).IsEquivalentTo(((SettleSome)Whole.Syscalls[5]).Settlements, TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(((ForgetSettled)read.Syscalls[6]).Promises).IsEquivalentTo(["p+6", "p+7"], TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_text_that_ends_early_or_says_what_is_not_so_is_refused()
    {
        string text = PieceText.Write(Whole with { Vatstore = [] });
        int refused = 0;
        for (int length = 1; length < text.Length; length++)
        {
            try
            {
                // Between two syscalls it is a shorter piece.
                PieceText.Read(text[..length]);
            }
            catch (KernelInvariantException)
            {
                refused++;
            }
        }

        await Assert.That(refused).IsEqualTo(text.Length - 1 - (Whole.Syscalls.Count - 1));
        foreach (string nonsense in (string[])["x", "b", "b99,p", "b-1,p", "b1", "v999999,"])
        {
            await Assert.That(() => PieceText.Read(nonsense)).Throws<KernelInvariantException>();
        }
    }
}
