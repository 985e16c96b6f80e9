using Ocap.Kernel.Gc;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Gc;

/// <summary>Distributed garbage collection: who is told what about an object that nobody holds (K9, spec/kernel-semantics.md §10).</summary>
public sealed class CollectionTests : KernelTest
{
    [Test]
    public async Task An_object_that_was_mentioned_and_is_held_by_nobody_is_dropped_and_then_retired()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Ref("o+10")));
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10", "retire o+10"]);
        await Assert.That(kernel.Keys("ko5")).IsEmpty();
        await Assert.That(kernel.Keys("v1.c.o+10")).IsEmpty();
        await Assert.That(kernel.Keys(GcActionSet.Prefix)).IsEmpty();
    }

    [Test]
    public async Task An_object_is_kept_while_one_of_several_importers_holds_it()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"), Ask.Send("o-2", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Finish("v3");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        await Assert.That(kernel.Row("ko7.refCount")).IsEqualTo("1,1");
        kernel.Do("ko6", "v3", Ask.Gc(GcSyscallKind.DropImports, "o-1"));
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10"]);
        await Assert.That(kernel.Row("ko7.refCount")).IsEqualTo("0,1");
        kernel.Do("ko6", "v3", Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["retire o+10"]);
        await Assert.That(kernel.Keys("ko7")).IsEmpty();
    }

    [Test]
    public async Task Who_mentions_a_dropped_export_again_brings_it_back_to_life()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"));
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10"]);
        await Assert.That(kernel.Row("v1.c.ko6")).IsEqualTo("_ o+10");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "again", null, "o+10"));
        await Assert.That(kernel.Delivery<DeliverMessage>("v2").Methargs.Slots.Single()).IsEqualTo("o-1");
        kernel.Finish("v2");
        await Assert.That(kernel.Row("v1.c.ko6")).IsEqualTo("R o+10");
        await Assert.That(kernel.Row("v2.c.ko6")).IsEqualTo("R o-1");
        await Assert.That(kernel.Row("ko6.refCount")).IsEqualTo("1,1");
    }

    [Test]
    public async Task An_object_its_owner_was_told_to_drop_cannot_be_named_back_from_outside()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"));
        kernel.Delivery<DeliverDropExports>("v1");
        Told<Api.Settlement> whileTold = kernel.Send("ko6");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10"]);
        Told<Api.Settlement> after = kernel.Send("ko6");
        kernel.Sync();
        const string Gone = "[KERNEL:OBJECT_DELETED] Target object has no owner; it may have been deleted";
        await Assert.That(KernelFixture.ErrorOf(whileTold.Value)).IsEqualTo(Gone);
        await Assert.That(KernelFixture.ErrorOf(after.Value)).IsEqualTo(Gone);
    }

    [Test]
    public async Task When_a_vat_ends_what_it_held_is_let_go_and_who_recognizes_its_objects_is_told()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Do("ko5", "v2", Ask.Send("o-1", "take", null, "o+20"));
        kernel.Finish("v1");
        kernel.Do("ko4", "v1", Ask.Gc(GcSyscallKind.DropImports, "o-2"));
        kernel.Collect("v2");
        kernel.Terminate("v2");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10", "retire o+10", "gone o-2"]);
        await Assert.That(kernel.Keys("v2.")).IsEmpty();
        await Assert.That(kernel.Keys(GcActionSet.Prefix)).IsEmpty();
    }

    [Test]
    public async Task Actions_outlive_the_process_and_a_vat_that_starts_again_has_none_of_its_lost_objects()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10", "o+d11/1"));
        kernel.Finish("v2");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, "o-1", "o-2"));
        kernel.Sync();
        kernel = Watch(kernel.Crash());
        kernel.Finish("v1");
        kernel.Finish("v2");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+d11/1"]);
        await Assert.That(kernel.Collect("v2")).IsEquivalentTo(["gone o-1"]);
    }
}
