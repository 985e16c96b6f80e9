using System.Runtime.Versioning;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Log;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;
using Ocap.Vats;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Tests.Hosts;

/// <summary>The rules by which vat hosts are shared, watched, killed and replaced.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostedVatsTests : IDisposable
{
    private const string Own = """{"creationOptions":{"isolation":"own"}}""";
    private static readonly ReadOnlyMemory<byte> Delivery = DeliveryFrame.Write(new DeliverBringOutYourDead());

    private const string WithSubcluster = """{"creationOptions":{"isolation":"subcluster"}}""";

    /// <summary>Looks all the time, and asks nothing.</summary>
    private static readonly HostPatience s_quick = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    private readonly string _directory = Directory.CreateTempSubdirectory("ocap-hosts-").FullName;
    private readonly DaemonLog _log;
    private readonly ScriptedLauncher _launcher = new();
    private readonly HostedVats _vats;

    public HostedVatsTests()
    {
        _log = new DaemonLog(Path.Combine(_directory, "daemon.log"), TimeProvider.System);
        _vats = Make(HostPatience.Default);
    }

    public void Dispose()
    {
        _vats.Dispose();
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Vats_share_a_host_unless_they_ask_for_another_or_are_suspected()
    {
        _ = Create("{}");
        _ = Create("{}", subcluster: 2);
        _ = Create(Own);
        _ = Create(WithSubcluster);
        _ = Create(WithSubcluster);
        _ = Create(WithSubcluster, subcluster: 2);
        _ = Create("{}", isSuspect: true);
        _ = _launcher[4];
        await Assert.That(_vats.Status().Select(host => $"{host.Kind} {host.Vats.Count}")).IsEquivalentTo(["shared 2", "own 1", "s1 2", "s2 1", "own 1"]);
    }

    [Test]
    public async Task When_a_host_dies_those_that_executed_are_suspected_and_the_others_are_not()
    {
        (IVatWorker busy, ListeningClient first) = Create("{}");
        (_, ListeningClient second) = Create("{}");
        (IVatWorker done, ListeningClient third) = Create("{}");
        busy.Deliver(Delivery);
        done.Deliver(Delivery);
        _launcher[0].Finish(3);
        await third.FinishedAsync();
        _launcher[0].Die();
        await Assert.That((await first.LostAsync()).IsSuspect).IsTrue();
        await Assert.That((await second.LostAsync()).IsSuspect).IsFalse();
        await Assert.That((await third.LostAsync()).IsSuspect).IsFalse();
        await Assert.That((await first.LostAsync()).Reason).IsEqualTo("the process it ran in has ended unexpectedly (signal 9)");
    }

    [Test]
    public async Task What_a_host_said_before_it_died_is_heard_first()
    {
        (IVatWorker worker, ListeningClient client) = Create("{}");
        worker.Deliver(Delivery);
        ScriptedHost host = _launcher[0];
        host.Finish(1);
        host.Die();
        await Assert.That((await client.LostAsync()).IsSuspect).IsFalse();
        await Assert.That(client.Told).IsEquivalentTo(["finished", "lost"]);
    }

    [Test]
    public async Task A_vat_that_runs_on_costs_its_host_and_nobody_else_is_suspected()
    {
        (IVatWorker runaway, ListeningClient culprit) = Create("{}");
        (IVatWorker other, ListeningClient client) = Create("{}");
        runaway.Deliver(Delivery);
        other.Deliver(Delivery);
        ScriptedHost host = _launcher[0];
        host.Finish(1);
        host.Say(HostMessage.Abandoned, 1);
        await Assert.That((await client.LostAsync()).IsSuspect).IsFalse();
        await Assert.That((await client.LostAsync()).Reason).Contains("could not be stopped");
        await culprit.FinishedAsync();
        await Assert.That(host.IsKilled).IsTrue();
    }

    [Test]
    public async Task A_host_that_is_gone_is_replaced_for_the_next_vat()
    {
        (_, ListeningClient client) = Create("{}");
        _launcher[0].Die();
        await client.LostAsync();
        (IVatWorker next, ListeningClient second) = Create("{}");
        next.Deliver(Delivery);
        _launcher[1].Finish(1);
        await Assert.That(await second.FinishedAsync()).IsTrue();
    }

    [Test]
    public async Task A_host_of_its_own_ends_with_its_vat_and_the_shared_one_stays()
    {
        (IVatWorker own, ListeningClient client) = Create(Own);
        (IVatWorker shared, _) = Create("{}");
        ScriptedHost first = _launcher[0], second = _launcher[1];
        own.End();
        shared.End();
        first.HearUntil(HostMessage.End);
        second.HearUntil(HostMessage.End);
        await Assert.That(first.Reap()).IsEqualTo("signal 9");
        await Assert.That(second.IsKilled).IsFalse();
        await Assert.That(client.Told).IsEmpty();
        await Assert.That(_vats.Status().Select(host => host.Kind)).IsEquivalentTo(["shared"]);
    }

    [Test]
    public async Task A_busy_host_that_does_not_answer_is_killed_and_an_idle_one_is_not_asked()
    {
        using HostedVats impatient = Make(new HostPatience(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200)));
        var silent = new ListeningClient();
        var idle = new ListeningClient();
        IVatWorker worker = impatient.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), silent);
        _ = impatient.Create(new VatToRun(new VatId(2), new SubclusterId(1), Own), idle);
        worker.Deliver(Delivery);
        _launcher[0].HearUntil(HostMessage.Ping);
        (string reason, bool isSuspect) = await silent.LostAsync();
        await Assert.That(reason).StartsWith("it did not answer for ");
        await Assert.That(isSuspect).IsTrue();
        await Assert.That(idle.Told).IsEmpty();
        await Assert.That(_launcher[1].IsKilled).IsFalse();
    }

    [Test]
    public async Task A_busy_host_that_stands_still_is_killed_soon_and_one_that_has_no_processor_is_given_time()
    {
        using HostedVats impatient = Make(new HostPatience(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1)));
        var still = new ListeningClient();
        var starved = new ListeningClient();
        impatient.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), starved).Deliver(Delivery);
        _launcher[0].HearUntil(HostMessage.Ping);
        IVatWorker worker = impatient.Create(new VatToRun(new VatId(2), new SubclusterId(1), Own), still);
        _launcher[1].IsFrozen = true;
        worker.Deliver(Delivery);
        await Assert.That((await still.LostAsync()).Reason).StartsWith("it did not answer for 0.");
        await Assert.That(starved.Told).IsEmpty();
        await Assert.That(_launcher[0].IsKilled).IsFalse();
    }

    [Test]
    public async Task A_shared_host_that_dies_without_vats_is_back_before_it_is_needed()
    {
        _vats.WarmUp();
        _launcher[0].Die();
        ScriptedHost second = _launcher[1];
        second.Die();
        ScriptedHost third = _launcher[2];
        (IVatWorker worker, ListeningClient client) = Create("{}");
        worker.Deliver(Delivery);
        third.Finish(1);
        await Assert.That(await client.FinishedAsync()).IsTrue();
        await Assert.That(_launcher.Hosts.Count).IsEqualTo(3);
    }

    [Test]
    public async Task A_busy_host_that_answers_lives()
    {
        using HostedVats impatient = Make(new HostPatience(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var client = new ListeningClient();
        IVatWorker worker = impatient.Create(new VatToRun(new VatId(1), new SubclusterId(1), "{}"), client);
        worker.Deliver(Delivery);
        for (int i = 0; i < 20; i++)
        {
            _launcher[0].HearUntil(HostMessage.Ping);
            _launcher[0].Say(HostMessage.Pong, 0);
        }

        _launcher[0].Finish(1);
        await Assert.That(await client.FinishedAsync()).IsTrue();
        await Assert.That(client.Told).IsEquivalentTo(["finished"]);
    }

    [Test]
    public async Task A_host_that_uses_the_processor_while_it_has_nothing_to_execute_is_killed_and_nobody_is_suspected()
    {
        using HostedVats vats = Make(s_quick with { Idle = TimeSpan.FromSeconds(3), Patrol = s_quick.LookEvery });
        var client = new ListeningClient();
        vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), client).Deliver(Delivery);
        ScriptedHost host = _launcher[0];
        host.Finish(1);
        await client.FinishedAsync();
        (string reason, bool isSuspect) = await LostAfterAsync(client, () => host.ProcessorTime += TimeSpan.FromSeconds(2));
        await Assert.That(reason).StartsWith("it used ").And.EndsWith(" s of processor time while it had nothing to execute");
        await Assert.That(isSuspect).IsFalse();
    }

    [Test]
    public async Task A_host_that_rests_between_what_it_uses_lives()
    {
        using HostedVats vats = Make(s_quick with { Idle = TimeSpan.FromSeconds(3), LookEvery = TimeSpan.FromMilliseconds(10), Patrol = TimeSpan.FromMilliseconds(10) });
        var client = new ListeningClient();
        vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), client).Deliver(Delivery);
        ScriptedHost host = _launcher[0];
        host.Finish(1);
        await client.FinishedAsync();
        for (int i = 0; i < 6; i++)
        {
            host.ProcessorTime += TimeSpan.FromSeconds(1);
            int looks = host.Looks;
            await Assert.That(SpinWait.SpinUntil(() => host.Looks >= looks + 3, TimeSpan.FromSeconds(10))).IsTrue();
        }

        await Assert.That(host.IsKilled).IsFalse();
    }

    [Test]
    public async Task A_host_that_has_more_memory_than_its_heap_may_have_is_killed()
    {
        using HostedVats vats = Make(s_quick);
        var client = new ListeningClient();
        vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), client).Deliver(Delivery);
        _launcher[0].ResidentBytes = HostSize.Own(null).MostResident + (1 << 20);
        (string reason, bool isSuspect) = await client.LostAsync();
        await Assert.That((reason, isSuspect)).IsEqualTo(("it had 2049 MiB in memory; it may have 2048", true));
    }

    [Test]
    public async Task A_crank_that_never_ends_although_its_host_answers_ends_the_host()
    {
        using HostedVats vats = Make(s_quick with { Crank = TimeSpan.FromMilliseconds(300) });
        var client = new ListeningClient();
        vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), client).Deliver(Delivery);
        (string reason, bool isSuspect) = await client.LostAsync();
        await Assert.That(reason).StartsWith("one crank lasted ");
        await Assert.That(isSuspect).IsTrue();
    }

    [Test]
    public async Task A_host_that_waits_until_nobody_looks_is_found_all_the_same()
    {
        using HostedVats vats = Make(s_quick with { Patrol = TimeSpan.FromMilliseconds(300) });
        vats.WarmUp();
        ScriptedHost host = _launcher[0];
        await Task.Delay(200);
        host.ResidentBytes = HostSize.Shared.MostResident + 1;
        await Assert.That(SpinWait.SpinUntil(() => host.IsKilled, TimeSpan.FromSeconds(10))).IsTrue();
    }

    [Test]
    public async Task Of_many_suspects_some_have_a_host_each_and_the_others_one_together()
    {
        for (int i = 0; i < 40; i++)
        {
            _ = Create("{}", isSuspect: true);
        }

        _ = _launcher[16];
        await Assert.That(_vats.Status().Select(host => $"{host.Kind} {host.Vats.Count}")).IsEquivalentTo([.. Enumerable.Repeat("own 1", 16), "suspects 24"]);
    }

    [Test]
    [Arguments(HostMessage.Log)]
    [Arguments(HostMessage.Question)]
    public async Task A_host_that_talks_nonsense_harms_nobody_but_its_own_vats(HostMessage message)
    {
        (IVatWorker worker, ListeningClient client) = Create(Own);
        (IVatWorker other, ListeningClient second) = Create("{}");
        worker.Deliver(Delivery);
        _launcher[0].Say(message, 1, [0xFF, 0xFF, 0xFF]);
        if (message == HostMessage.Question)
        {
            // A question that cannot be understood is answered with the reason; what it does with that is its own affair.
            _launcher[0].HearUntil(HostMessage.Answer);
        }
        else
        {
            await client.LostAsync();
        }

        other.Deliver(Delivery);
        _launcher[1].Finish(1);
        await Assert.That(await second.FinishedAsync()).IsTrue();
    }

    [Test]
    public async Task What_is_said_about_an_ended_worker_is_not_listened_to()
    {
        (IVatWorker worker, ListeningClient client) = Create("{}");
        (IVatWorker other, ListeningClient second) = Create("{}");
        worker.Deliver(Delivery);
        worker.End();
        _launcher[0].Finish(1);
        _launcher[0].Finish(77);
        other.Deliver(Delivery);
        _launcher[0].Finish(2);
        await second.FinishedAsync();
        await Assert.That(client.Told).IsEmpty();
    }

    [Test]
    public async Task When_no_host_can_be_started_the_vat_is_told_why()
    {
        _launcher.Refusal = "Cannot start a process for vats: no more processes.";
        (IVatWorker refused, ListeningClient client) = Create("{}");
        refused.Deliver(Delivery);
        await Assert.That(await client.LostAsync()).IsEqualTo((_launcher.Refusal, false));
        _launcher.Refusal = null;
        (IVatWorker worker, ListeningClient second) = Create("{}");
        worker.Deliver(Delivery);
        _launcher[0].Finish(1);
        await Assert.That(await second.FinishedAsync()).IsTrue();
    }

    [Test]
    public async Task Nobody_is_suspected_of_killing_a_host_that_never_was_ready()
    {
        _launcher.AreReady = false;
        (IVatWorker worker, ListeningClient client) = Create("{}");
        worker.Deliver(Delivery);
        _launcher[0].Die();
        await Assert.That((await client.LostAsync()).IsSuspect).IsFalse();
    }

    [Test]
    public async Task A_host_that_does_not_read_delays_nobody()
    {
        (IVatWorker worker, ListeningClient client) = Create("{}");
        ReadOnlyMemory<byte> large = DeliveryFrame.Write(new DeliverMessage("o+0", new CapData(new string('x', 8 << 20), []), null));
        worker.Deliver(large);
        worker.Deliver(large);
        ScriptedHost host = _launcher[0];
        for (int delivery = 0; delivery < 2; delivery++)
        {
            host.HearUntil(HostMessage.Deliver);
        }

        host.Finish(1);
        await Assert.That(await client.FinishedAsync()).IsTrue();
    }

    [Test]
    public async Task A_delivery_that_no_host_would_take_is_refused_and_the_host_lives()
    {
        (IVatWorker worker, ListeningClient client) = Create("{}");
        worker.Deliver(Delivery);
        _launcher[0].Finish(1);
        await client.FinishedAsync();
        await Assert.That(() => worker.Deliver(new byte[HostLink.MostToHost + 1])).Throws<ArgumentException>();
        (IVatWorker other, ListeningClient second) = Create("{}");
        other.Deliver(Delivery);
        _launcher[0].Finish(2);
        await Assert.That(await second.FinishedAsync()).IsTrue();
        await Assert.That(client.Told).IsEquivalentTo(["finished"]);
    }

    [Test]
    public async Task Disposing_leaves_no_host()
    {
        HostedVats vats = Make(HostPatience.Default);
        vats.WarmUp();
        _ = vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Own), new ListeningClient());
        ScriptedHost first = _launcher[0], second = _launcher[1];
        vats.Dispose();
        await Assert.That(first.IsKilled && second.IsKilled).IsTrue();
        await Assert.That(vats.Status()).IsEmpty();
    }

    private static async Task<(string Reason, bool IsSuspect)> LostAfterAsync(ListeningClient client, Action again)
    {
        Task<(string Reason, bool IsSuspect)> lost = client.LostAsync();
        while (!lost.IsCompleted)
        {
            again();
            await Task.WhenAny(lost, Task.Delay(20));
        }

        return await lost;
    }

    private HostedVats Make(HostPatience patience) => new(_launcher, new NoBundles(), _log, patience);

    private (IVatWorker Worker, ListeningClient Client) Create(string config, int subcluster = 1, bool isSuspect = false)
    {
        var client = new ListeningClient();
        return (_vats.Create(new VatToRun(new VatId(1), new SubclusterId(subcluster), config) { IsSuspect = isSuspect }, client), client);
    }

    private sealed class NoBundles : IBundleSource
    {
        public VatBundle Fetch(string vatConfig) => throw new BundleException("no bundles here");

        public VatBundle Kept(string hash) => throw new BundleException("no bundles here");
    }
}
