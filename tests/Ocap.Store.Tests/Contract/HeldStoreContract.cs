using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Store.Tests.Contract;

[InheritsTests]
public sealed class HeldStoreContract : StoreContract
{
    protected override IKernelStore Open() => new HeldStore();

    [Test]
    public async Task A_held_write_is_neither_visible_nor_reported_until_it_is_completed()
    {
        using var store = new HeldStore { Holds = true };
        var reports = new List<StoreFault?>();
        store.BeginWrite(Writing.Batch(("a", "1")), reports.Add);

        await Assert.That(store.Get("a")).IsNull();
        await Assert.That(reports).IsEmpty();
        store.Complete();
        await Assert.That(store.Get("a")).IsEqualTo("1");
        await Assert.That(reports).Count().IsEqualTo(1);
        await Assert.That(reports[0]).IsNull();
    }

    [Test]
    public async Task A_failed_write_leaves_nothing_and_may_be_handed_over_again()
    {
        using var store = new HeldStore();
        WriteBatch batch = Writing.Batch(("a", "1"));
        var full = new StoreFault("full", CanRetry: true);
        store.FailNext(full);

        await Assert.That(store.Write(batch)).IsEqualTo(full);
        await Assert.That(store.Get("a")).IsNull();
        await Assert.That(store.Write(batch)).IsNull();
        await Assert.That(store.Get("a")).IsEqualTo("1");
    }

    [Test]
    public async Task A_crash_forgets_the_batch_being_written_and_keeps_those_before()
    {
        using var store = new HeldStore();
        store.Put(("a", "1"));
        store.Holds = true;
        store.BeginWrite(Writing.Batch(("b", "2")), _ => throw new InvalidOperationException("told a dead process"));
        using HeldStore reopened = store.Crash();

        await Assert.That(reopened.Dump()).IsEqualTo("a = 1");
        await Assert.That(() => store.Get("a")).Throws<ObjectDisposedException>();
    }

    [Test]
    public async Task A_crash_between_sync_and_report_keeps_the_batch()
    {
        using var store = new HeldStore { Holds = true };
        store.BeginWrite(Writing.Batch(("b", "2")), _ => throw new InvalidOperationException("told a dead process"));
        using HeldStore reopened = store.CrashAfterSync();

        await Assert.That(reopened.Dump()).IsEqualTo("b = 2");
    }
}
