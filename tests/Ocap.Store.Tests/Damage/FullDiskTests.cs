using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Store.Tests.Damage;

public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_batch_that_a_full_disk_refuses_leaves_nothing_and_goes_through_when_there_is_room()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("before", "1"));
        store.LimitPages(20);
        WriteBatch batch = Writing.Batch([.. Enumerable.Range(0, 500).Select(i => ($"row {i}", (string?)new string('x', 1000)))]).WithVat(new VatId(1), ("k", "v"));
        batch.Kernel["before"] = "2";

        StoreFault? fault = store.Write(batch);
        await Assert.That(fault!.CanRetry).IsTrue();
        await Assert.That(fault.Message).Contains(_folder.Database).And.Contains("full");
        await Assert.That(string.Join(' ', store.Rows(""))).IsEqualTo("before=1");
        await Assert.That(store.VatGet(new VatId(1), "k")).IsNull();
        await Assert.That(store.Write(batch)!.CanRetry).IsTrue();

        store.LimitPages(1_000_000);
        await Assert.That(store.Write(batch)).IsNull();
        await Assert.That(store.Scan("row ")).Count().IsEqualTo(500);
        await Assert.That(store.Get("before")).IsEqualTo("2");
        await Assert.That(store.CheckIntegrity()).IsNull();
    }

    [Test]
    public async Task A_database_locked_by_another_program_may_be_retried()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("a", "1"));
        using (Native.Connection other = Native.Connection.Open(_folder.Database, readOnly: false, busyMilliseconds: 0))
        {
            other.Execute("BEGIN IMMEDIATE");
            StoreFault? fault = store.Write(Writing.Batch(("a", "2")));
            await Assert.That(fault!.CanRetry).IsTrue();
            await Assert.That(fault.Message).Contains("lock").And.Contains(_folder.Database);
            await Assert.That(store.Get("a")).IsEqualTo("1");
        }

        await Assert.That(store.Write(Writing.Batch(("a", "2")))).IsNull();
        await Assert.That(store.Get("a")).IsEqualTo("2");
    }

    [Test]
    public async Task Half_a_surrogate_pair_is_never_written_as_something_else()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        StoreFault? fault = store.Write(Writing.Batch(("good", "1"), ("bad", "\uD800")));

        await Assert.That(fault!.CanRetry).IsFalse();
        await Assert.That(store.Scan("")).IsEmpty();
        await Assert.That(store.Write(Writing.Batch(("good", "1")))).IsNull();
    }
}
