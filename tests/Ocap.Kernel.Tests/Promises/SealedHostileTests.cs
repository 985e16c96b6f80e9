using Ocap.Kernel.Promises;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Promises;

/// <summary>Vats that make as much as they can of what settles in pieces.</summary>
public sealed class SealedHostileTests : KernelTest
{
    private const int Many = 20;

    [Test]
    public async Task What_moves_between_two_writes_is_bounded_in_characters_however_many_promises_it_waits_for()
    {
        var options = new KernelOptions { PieceParts = 8, PieceCharacters = 2_000, Lanes = 4 };
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b");
        string[] promises = [.. Enumerable.Range(1, 6).Select(static i => $"p+{i}")];
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, promises));
        string words = new('x', 3_000);
        kernel.Finish("v2", [.. promises.SelectMany((_, i) => Enumerable.Range(1, Many).Select(n => Ask.Send($"p-{i + 1}", $"{words}{n}")))]);
        kernel.Sync();
        kernel.Send("ko4", "settle");
        kernel.Store.Holds = true;
        kernel.Finish("v1", new SyscallResolve([.. promises.Select(static promise => new PromiseSettlement(promise, false, Ask.Ref("o+0")))]));
        await Assert.That(kernel.Keys(SealedSettlement.Prefix).Length).IsEqualTo(promises.Length);
        long most = 0, now = 0;
        kernel.Loop.Core.Committed = commit => now += commit.Added.Where(static item => item.Item is Ocap.Kernel.Queue.SendItem).Sum(static item => (long)item.Length);
        while (kernel.Store.Pending is not null)
        {
            now = 0;
            kernel.Store.Complete();
            kernel.Settle();
            most = Math.Max(most, now);
        }

        // One message more than a piece.
        await Assert.That(most).IsLessThan(2 * 3_500);
    }
}
