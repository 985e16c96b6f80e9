using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>One notify tells only so much; what is left out is told as well, later.</summary>
public sealed class NotifyBatchTests : KernelTest
{
    private static readonly KernelOptions s_twoPromises = new() { NotifyPromises = 2 };

    [Test]
    [Arguments(3, int.MaxValue, int.MaxValue)]
    [Arguments(int.MaxValue, 25, int.MaxValue)]
    [Arguments(int.MaxValue, int.MaxValue, 6)]
    public async Task What_there_is_no_room_for_comes_in_a_notify_of_its_own(int promises, int characters, int slots)
    {
        KernelFixture kernel = Boot(new KernelOptions { NotifyPromises = promises, NotifyCharacters = characters, NotifySlots = slots });
        ShowPromise(kernel);
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#5", "p+6", "p+7", "p+8", "p+9")),
            new PromiseSettlement("p+6", false, Ask.Data("#61234567", "o+6")),
            new PromiseSettlement("p+7", true, Ask.Data("#71234567", "o+7")),
            new PromiseSettlement("p+8", false, Ask.Data("#81234567", "o+8")),
            new PromiseSettlement("p+9", false, Ask.Data("#91234567"))]));
        IReadOnlyList<PromiseSettlement> first = kernel.Delivery<DeliverNotify>("v2").Settlements;
        await Assert.That(first.Select(static told => told.Value.Body)).IsEquivalentTo(["#5", "#61234567", "#71234567"]);
        string[] later = [first[0].Value.Slots[2], first[0].Value.Slots[3]];
        await Assert.That(later.Intersect(first.Select(static told => told.Promise))).IsEmpty();
        kernel.Finish("v2", [.. later.Select(Ask.Subscribe)]);
        await Assert.That(kernel.Keys("v2.c.p")).IsEquivalentTo(later.Select(static name => "v2.c." + name));
        await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements).IsEquivalentTo([new PromiseSettlement(later[0], false, Ask.Data("#81234567", "o-3"))]);
        kernel.Finish("v2");
        await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements).IsEquivalentTo([new PromiseSettlement(later[1], false, Ask.Data("#91234567"))]);
        kernel.Finish("v2");
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task A_value_that_is_too_large_for_any_company_is_told_alone()
    {
        KernelFixture kernel = Boot(new KernelOptions { NotifyCharacters = 1, NotifySlots = 0 });
        ShowPromise(kernel);
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#5", "p+6")),
            new PromiseSettlement("p+6", false, Ask.Data("#6"))]));
        await Assert.That(TellAll(kernel)).IsEquivalentTo(["#5", "#6"]);
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task What_the_vat_waits_for_already_is_told_by_the_notify_that_is_under_way()
    {
        KernelFixture kernel = Boot(s_twoPromises);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5", "p+8"));
        kernel.Finish("v2", Ask.Subscribe("p-1"), Ask.Subscribe("p-2"));
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#5", "p+6", "p+8")),
            new PromiseSettlement("p+6", false, Ask.Data("#6")),
            new PromiseSettlement("p+8", false, Ask.Data("#8"))]));
        IReadOnlyList<PromiseSettlement> first = kernel.Delivery<DeliverNotify>("v2").Settlements;
        await Assert.That(first[0].Value.Slots[1]).IsEqualTo("p-2");
        await Assert.That(TellAll(kernel)).IsEquivalentTo(["#5", "#6", "#8"]);
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task A_circle_that_one_notify_can_tell_is_told_whole_wherever_the_one_before_it_ended()
    {
        KernelFixture kernel = Boot(s_twoPromises);
        ShowPromise(kernel);
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#5", "p+6")),
            new PromiseSettlement("p+6", false, Ask.Data("#6", "p+7")),
            new PromiseSettlement("p+7", false, Ask.Data("#7", "p+6"))]));
        await Assert.That(TellAll(kernel)).IsEquivalentTo(["#5", "#6", "#7", "#6"]);
        await Assert.That(kernel.Keys("v2.c.p")).IsEmpty();
    }

    [Test]
    public async Task A_circle_that_is_larger_than_any_notify_comes_to_an_end_with_a_rejection()
    {
        KernelFixture kernel = Boot(s_twoPromises);
        ShowPromise(kernel);
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#5", "p+6")),
            new PromiseSettlement("p+6", false, Ask.Data("#6", "p+7")),
            new PromiseSettlement("p+7", false, Ask.Data("#7", "p+5"))]));
        List<string> told = TellAll(kernel);
        await Assert.That(told.Count).IsLessThan(30);
        await Assert.That(told[^1]).Contains("[KERNEL:DELIVERY_FAILED] This promise and others");
        await Assert.That(told.Distinct()).IsEquivalentTo(["#5", "#6", "#7", told[^1]]);
        await Assert.That(kernel.Keys("v2.c.p")).IsEmpty();
    }

    /// <summary>The second vat gets to know the first vat's <c>p+5</c> and waits for it.</summary>
    private static void ShowPromise(KernelFixture kernel)
    {
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5"));
        kernel.Finish("v2", Ask.Subscribe("p-1"));
    }

    /// <summary>The second vat is told, and subscribes to what it is told of that is not settled, until there is nothing left. Returns the bodies it was told.</summary>
    private static List<string> TellAll(KernelFixture kernel)
    {
        var bodies = new List<string>();
        while (kernel.Executes("v2") && bodies.Count < 100)
        {
            IReadOnlyList<PromiseSettlement> told = kernel.Delivery<DeliverNotify>("v2").Settlements;
            bodies.AddRange(told.Select(static settlement => settlement.Value.Body));
            IEnumerable<string> slots = told.SelectMany(static settlement => settlement.Value.Slots).Where(static slot => slot[0] == 'p');
            kernel.Finish("v2", [.. slots.Except(told.Select(static settlement => settlement.Promise)).Select(Ask.Subscribe)]);
        }

        return bodies;
    }
}
