using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Kernel.Tests;

/// <summary>What a batch holds after put and delete of the same key.</summary>
public sealed class WriteSetTests
{
    [Test]
    public async Task A_key_created_and_deleted_inside_one_batch_leaves_no_trace()
    {
        CommittedState state = Over(new HeldStore());
        Commit(state, writes => writes.Create("k", "1"));
        Commit(state, writes => writes.Delete("k"));
        await Assert.That(state.Filling.IsEmpty).IsTrue();
    }

    [Test]
    public async Task A_key_that_exists_below_is_deleted_below_whatever_happened_to_it_in_between()
    {
        var store = new HeldStore();
        CommittedState state = Over(store);
        Commit(state, writes => writes.Create("k", "1"));
        store.BeginWrite(state.TakeBatch(), _ => state.BatchWritten());
        Commit(state, writes => writes.Delete("k"));
        Commit(state, writes => writes.Create("k", "2"));
        Commit(state, writes => writes.Delete("k"));
        await Assert.That(state.Filling.Batch.Kernel).IsEquivalentTo([new KeyValuePair<string, string?>("k", null)]);
    }

    [Test]
    public async Task A_put_handed_to_the_writer_is_followed_by_its_delete()
    {
        var store = new HeldStore { Holds = true };
        CommittedState state = Over(store);
        Commit(state, writes => writes.Create("k", "1"));
        store.BeginWrite(state.TakeBatch(), _ => state.BatchWritten());
        Commit(state, writes => writes.Delete("k"));
        await Assert.That(state.Get("k")).IsNull();
        await Assert.That(state.Filling.Batch.Kernel.ContainsKey("k")).IsTrue();
        store.Complete();
        store.BeginWrite(state.TakeBatch(), _ => state.BatchWritten());
        store.Complete();
        await Assert.That(store.Get("k")).IsNull();
    }

    [Test]
    public async Task A_vat_key_set_and_then_deleted_is_a_delete_only()
    {
        CommittedState state = Over(new HeldStore());
        Commit(state, writes => writes.VatStores.Add((Fixture.KernelFixture.Vat("v1"), [new("k", "1")])));
        Commit(state, writes => writes.VatStores.Add((Fixture.KernelFixture.Vat("v1"), [new("k", null)])));
        WriteBatch batch = state.TakeBatch();
        await Assert.That(batch.VatStores.Single().Value).IsEquivalentTo([new KeyValuePair<string, string?>("k", null)]);
    }

    [Test]
    public async Task A_dropped_write_set_leaves_no_trace()
    {
        CommittedState state = Over(new HeldStore());
        var dropped = new WriteSet(state);
        dropped.Put("k", "1");
        await Assert.That(state.Get("k")).IsNull();
        await Assert.That(state.Filling.IsEmpty).IsTrue();
    }

    private static CommittedState Over(IKernelStore store) => new(store);

    private static void Commit(CommittedState state, Action<WriteSet> change)
    {
        var writes = new WriteSet(state);
        change(writes);
        state.Merge(writes);
    }
}
