using Ocap.Kernel.Audit;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Start;

/// <summary>
/// A database as the reference leaves it (spec/store.md §2 and §3, spec/kernel-semantics.md §2 and §10), with what is wrong in it: imports that nobody
/// counts, promises that stay in c-lists, results that their senders still decide, answers of the kernel that will never come.
/// </summary>
public sealed class ReferenceMigrationTests
{
    /// <summary>v1 (alice) knows v2 (bob) and has sent him a message that is still queued; v3 has ended and is not yet cleaned up.</summary>
    private static readonly (string Key, string Value)[] Reference =
    [
        ("initialized", "true"), ("incarnationId", "11111111-1111-4111-8111-111111111111"), ("keySeed", "a1"), ("ocapURLKey", "b2"), ("peerId", "12D3KooW"),
        ("nextObjectId", "12"), ("nextPromiseId", "10"), ("nextVatId", "4"), ("nextRemoteId", "1"), ("nextSubclusterId", "2"),
        ("gcActions", "[]"), ("reapQueue", "[]"), ("vats.terminated", """["v3"]"""), ("pinnedObjects", "ko1,ko2,ko3"),
        ("kernelService.ocapURLIssuerService", "ko1"), ("kernelService.ocapURLRedemptionService", "ko2"), ("kernelService.kernelFacet", "ko3"),
        ("ko1.owner", "kernel"), ("ko1.refCount", "2,2"), ("ko2.owner", "kernel"), ("ko2.refCount", "2,2"), ("ko3.owner", "kernel"), ("ko3.refCount", "2,2"),
        ("subclusters", """[{"id":"s1","config":{"bootstrap":"alice","vats":{}},"vats":{"alice":"v1","bob":"v2"}}]"""),
        ("vatToSubclusterMap", """{"v1":"s1","v2":"s1"}"""),
        ("vatConfig.v1", """{"bundleSpec":"http://localhost/alice.bundle"}"""), ("vatConfig.v2", """{"bundleSpec":"http://localhost/bob.bundle"}"""),
        ("e.nextObjectId.v1", "3"), ("e.nextPromiseId.v1", "4"), ("e.nextObjectId.v2", "3"), ("e.nextPromiseId.v2", "5"), ("e.nextObjectId.v3", "1"), ("e.nextPromiseId.v3", "1"),

        // Roots, and alice's import of bob's: "1,1" from its creation stands for the importer.
        ("ko4.owner", "v1"), ("ko4.refCount", "1,1"), ("v1.c.ko4", "R o+0"), ("v1.c.o+0", "ko4"),
        ("ko5.owner", "v2"), ("ko5.refCount", "2,2"), ("v2.c.ko5", "R o+0"), ("v2.c.o+0", "ko5"), ("v1.c.ko5", "R o-1"), ("v1.c.o-1", "ko5"),

        // An export of bob's that alice imports, of which the counts know nothing any more; and one that nobody holds.
        ("ko6.owner", "v2"), ("v2.c.ko6", "R o+10"), ("v2.c.o+10", "ko6"), ("v1.c.ko6", "_ o-2"), ("v1.c.o-2", "ko6"),
        ("ko7.owner", "v2"), ("ko7.refCount", "1,1"), ("v2.c.ko7", "R o+11"), ("v2.c.o+11", "ko7"),

        // An export of the ended vat's, imported by bob.
        ("ko8.owner", "v3"), ("ko8.refCount", "1,1"), ("v3.c.ko8", "R o+10"), ("v3.c.o+10", "ko8"), ("v2.c.ko8", "R o-1"), ("v2.c.o-1", "ko8"),

        // kp1: settled long ago between alice and bob, in both c-lists for ever.
        ("kp1.state", "fulfilled"), ("kp1.value", """{"body":"#\"$0.Alleged: old\"","slots":["ko7"]}"""), ("kp1.refCount", "3"),
        ("v1.c.kp1", "R p+5"), ("v1.c.p+5", "kp1"), ("v2.c.kp1", "R p-1"), ("v2.c.p-1", "kp1"),

        // kp2: the settled result of a message from outside; its value was told to a person.
        ("ko9.owner", "v1"), ("ko9.refCount", "1,1"), ("v1.c.ko9", "R o+12"), ("v1.c.o+12", "ko9"),
        ("kp2.state", "fulfilled"), ("kp2.value", """{"body":"#\"$0.Alleged: told\"","slots":["ko9"]}"""), ("kp2.refCount", "1"), ("v1.c.kp2", "R p-1"), ("v1.c.p-1", "kp2"),

        // kp3: settled, alice's notify still queued. kp4: settled, watched by bob's store. kp5: settled, nobody's.
        ("kp3.state", "rejected"), ("kp3.value", """{"body":"#\"no\"","slots":[]}"""), ("kp3.refCount", "3"),
        ("v1.c.kp3", "R p+6"), ("v1.c.p+6", "kp3"), ("v2.c.kp3", "R p-2"), ("v2.c.p-2", "kp3"),
        ("kp4.state", "fulfilled"), ("kp4.value", """{"body":"#7","slots":[]}"""), ("kp4.refCount", "1"), ("v2.c.kp4", "R p+7"), ("v2.c.p+7", "kp4"),
        ("kp5.state", "fulfilled"), ("kp5.value", """{"body":"#8","slots":[]}"""), ("kp5.refCount", "1"),

        // kp6: result of the queued message, still decided by its sender. kp7: owed by the kernel. kp8: by the ended vat. kp9: by nobody.
        ("kp6.state", "unresolved"), ("kp6.subscribers", """["v1"]"""), ("kp6.decider", "v1"), ("kp6.refCount", "3"), ("queue.kp6.head", "1"), ("queue.kp6.tail", "1"),
        ("v1.c.kp6", "R p+7"), ("v1.c.p+7", "kp6"),
        ("kp7.state", "unresolved"), ("kp7.subscribers", """["v1"]"""), ("kp7.decider", "kernel"), ("kp7.refCount", "2"), ("queue.kp7.head", "1"), ("queue.kp7.tail", "1"),
        ("v1.c.kp7", "R p+8"), ("v1.c.p+8", "kp7"),
        ("kp8.state", "unresolved"), ("kp8.subscribers", """["v2"]"""), ("kp8.decider", "v3"), ("kp8.refCount", "2"), ("queue.kp8.head", "2"), ("queue.kp8.tail", "1"),
        ("queue.kp8.1", """{"methargs":{"body":"#[\"late\",[\"$0\"]]","slots":["ko5"]},"result":"kp9"}"""),
        ("v2.c.kp8", "R p-3"), ("v2.c.p-3", "kp8"), ("v3.c.kp8", "R p+5"), ("v3.c.p+5", "kp8"),
        ("kp9.state", "unresolved"), ("kp9.subscribers", "[]"), ("kp9.decider", "v2"), ("kp9.refCount", "2"), ("queue.kp9.head", "1"), ("queue.kp9.tail", "1"),
        ("v2.c.kp9", "R p+9"), ("v2.c.p+9", "kp9"),

        // The queue: a message and a notify; the row behind its end was left by a crash.
        ("queue.run.head", "9"), ("queue.run.tail", "7"),
        ("queue.run.7", """{"type":"send","target":"ko5","message":{"methargs":{"body":"#[\"hello\",[]]","slots":[]},"result":"kp6"}}"""),
        ("queue.run.8", """{"type":"notify","endpointId":"v1","kpid":"kp3"}"""),
        ("queue.run.9", """{"type":"notify","endpointId":"v1","kpid":"kp1"}"""),
    ];

    private readonly TestPowers _powers = new();
    private readonly HeldWorkers _workers = new();

    [Test]
    public async Task The_counts_of_a_reference_database_become_the_sums_of_their_holders()
    {
        await Assert.That(StateAudit.Check(Filled(Reference).Scan(""))).IsNotEmpty();

        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(StateAudit.Check(store.Scan(""))).IsEmpty();
        await Assert.That(_powers.Errors).IsEmpty();
        await Assert.That(store.Get("ko1.refCount")).IsEqualTo("1,1");
        await Assert.That(store.Get("ko4.refCount")).IsEqualTo("1,1");
        await Assert.That(store.Get("ko6.refCount")).IsEqualTo("0,1");
    }

    [Test]
    public async Task The_migration_is_one_transaction_and_leaves_no_secret()
    {
        HeldStore store = Filled(Reference);
        store.Holds = true;
        Start(store);
        await Assert.That(store.Get("keySeed")).IsEqualTo("a1");
        IReadOnlyDictionary<string, string?> batch = store.Pending!.Kernel;
        await Assert.That(batch["keySeed"]).IsNull();
        await Assert.That(batch["ocapURLKey"]).IsNull();
        store.Complete();
        await Assert.That(StateAudit.Check(store.Scan(""))).IsEmpty();
        await Assert.That(store.Get("peerId")).IsEqualTo("12D3KooW");
    }

    [Test]
    public async Task Promises_that_all_have_been_told_of_leave_the_c_lists()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Get("kp1.state")).IsNull();
        await Assert.That(store.Get("v1.c.kp1")).IsNull();
        await Assert.That(store.Get("v2.c.p-1")).IsNull();
        await Assert.That(store.Get("v2.c.kp3")).IsNull();
        await Assert.That(store.Get("kp5.state")).IsNull();
    }

    [Test]
    public async Task Promises_that_somebody_waits_for_stay_in_the_c_list()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Get("v1.c.kp3")).IsEqualTo("R p+6");
        await Assert.That(store.Get("v2.c.kp4")).IsEqualTo("R p+7");
    }

    [Test]
    public async Task What_a_crash_left_behind_the_end_of_the_queue_is_not_delivered()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Scan("queue.run.").Where(row => row.Value.Contains("\"kp1\"", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task What_was_told_outside_by_the_reference_stays()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Get("keptResult.kp2")).IsEqualTo("true");
        await Assert.That(store.Get("ko9.refCount")).IsEqualTo("1,1");
    }

    [Test]
    public async Task Answers_that_nobody_owes_any_more_are_rejected()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Get("kp7.value")).Contains("VAT_RESTARTED");
        await Assert.That(store.Get("kp8.value")).Contains("VAT_TERMINATED");
        await Assert.That(store.Get("kp6.state")).IsEqualTo("unresolved");
        await Assert.That(store.Get("kp6.decider")).IsNull();
    }

    [Test]
    public async Task An_object_that_nobody_holds_is_given_up_and_one_of_an_ended_vat_is_orphaned()
    {
        HeldStore store = Filled(Reference);
        Start(store);

        await Assert.That(store.Get("gcActions")).IsEqualTo("[]");
        await Assert.That(store.Get("gcAction.v2.dropExport.ko7")).IsNotNull();
        await Assert.That(store.Get("ko8.owner")).IsNull();
        await Assert.That(store.Get("ko8.refCount")).IsEqualTo("1,1");
    }

    [Test]
    public async Task A_message_to_a_persisted_root_is_delivered()
    {
        HeldStore store = Filled(Reference);
        KernelLoop loop = Start(store);
        FinishAllButMessages(loop);

        DeliverMessage? hello = _workers.Executing.Select(worker => worker.Delivery).OfType<DeliverMessage>().SingleOrDefault();
        await Assert.That(hello).IsNotNull();
        await Assert.That(hello!.Target).IsEqualTo("o+0");
        await Assert.That(hello.Methargs.Body).IsEqualTo("#[\"hello\",[]]");

        _workers.Executing.Single(worker => worker.Delivery is DeliverMessage).Finish(new CrankReport
        {
            Syscalls = [new SyscallResolve([new PromiseSettlement(hello.Result!, false, new CapData("#\"hi\"", []))])],
        });
        loop.QueueMessage(KRef.Object(4), new CapData("#[\"ping\",[]]", []), _ => { });
        _powers.Settle(loop);
        FinishAllButMessages(loop);
        HeldWorker alice = _workers.Executing.Single();
        await Assert.That(alice.Vat).IsEqualTo(new VatId(1));
        await Assert.That(((DeliverMessage)alice.Delivery!).Methargs.Body).IsEqualTo("#[\"ping\",[]]");
        _powers.Wake(loop);
        await Assert.That(StateAudit.Check(store.Scan(""))).IsEmpty();
        await Assert.That(_powers.Errors).IsEmpty();
    }

    [Test]
    public async Task A_cleared_reference_database_gets_services_beside_its_vats()
    {
        // clearState there forgets the services and starts numbering at ko1 again.
        HeldStore store = Filled(
            ("nextObjectId", "2"), ("nextPromiseId", "1"), ("nextVatId", "2"), ("nextSubclusterId", "1"), ("queue.run.head", "1"), ("queue.run.tail", "1"),
            ("gcActions", "[]"), ("reapQueue", "[]"), ("subclusters", "[]"), ("vats.terminated", "[]"), ("vatToSubclusterMap", "{}"), ("pinnedObjects", "ko1"),
            ("vatConfig.v1", "{}"), ("ko1.owner", "v1"), ("ko1.refCount", "1,1"), ("v1.c.ko1", "R o+0"), ("v1.c.o+0", "ko1"));
        Start(store);

        await Assert.That(store.Get("kernelService.ocapURLIssuerService")).IsEqualTo("ko2");
        await Assert.That(store.Get("pinnedObjects")).IsEqualTo("ko1,ko2,ko3,ko4");
        await Assert.That(store.Get("ko1.refCount")).IsEqualTo("2,2").Because("it is pinned and a living root");
        await Assert.That(StateAudit.Check(store.Scan(""))).IsEmpty();
    }

    [Test]
    public async Task Channels_of_a_reference_database_keep_their_objects_and_those_of_nobody_go()
    {
        HeldStore store = Filled(
        [
            .. Reference.Where(static row => row.Key is not ("pinnedObjects" or "subclusters")),
            ("pinnedObjects", "ko1,ko10,ko11,ko2,ko3"), ("kernelService.io:s1:repl", "ko10"), ("kernelService.io:s7:old", "ko11"),
            ("ko10.owner", "kernel"), ("ko10.refCount", "2,2"), ("ko11.owner", "kernel"), ("ko11.refCount", "2,2"), ("v1.c.ko10", "R o-3"), ("v1.c.o-3", "ko10"),
            ("subclusters", """[{"id":"s1","config":{"bootstrap":"alice","io":{"repl":{"type":"socket","path":"/x"}},"vats":{}},"vats":{"alice":"v1","bob":"v2"}}]"""),
        ]);
        var io = new TestIo();
        Start(store, io);

        await Assert.That(io.All.Single().Name).IsEqualTo("repl");
        await Assert.That(store.Get("kernelService.io:s1:repl")).IsEqualTo("ko10");
        await Assert.That(store.Get("ko10.refCount")).IsEqualTo("2,2").Because("it is pinned, and alice knows it");
        await Assert.That(store.Get("kernelService.io:s7:old")).IsNull();
        await Assert.That(store.Get("ko11.refCount")).IsNull();
        await Assert.That(store.Get("pinnedObjects")).IsEqualTo("ko1,ko10,ko2,ko3");
        await Assert.That(StateAudit.Check(store.Scan(""))).IsEmpty();
        await Assert.That(_powers.Errors).IsEmpty();
    }

    [Test]
    public async Task A_database_with_remote_connections_is_refused_and_left_as_it_is()
    {
        HeldStore store = Filled([.. Reference, ("remote.r1", """{"peerId":"12D3KooX","hints":[]}""")]);
        string before = store.Dump();

        await Assert.That(() => Start(store)).Throws<MigrationException>();
        await Assert.That(store.Dump()).IsEqualTo(before);
    }

    private static HeldStore Filled(params (string Key, string Value)[] rows)
    {
        var store = new HeldStore();
        var batch = new WriteBatch();
        foreach ((string key, string value) in rows)
        {
            batch.Kernel.Add(key, value);
        }

        batch.VatStores[new VatId(2)] = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["watchedPromiseTableID"] = "o+d6/3",
            ["vc.3.sp+7"] = """{"body":"#[]","slots":[]}""",
        };
        store.BeginWrite(batch, _ => { });
        return store;
    }

    private KernelLoop Start(HeldStore store, TestIo? io = null)
    {
        var loop = new KernelLoop(store, _workers, new TestWorld(), _powers, new KernelOptions { IsReferenceDatabase = true, Io = io });
        loop.Start();
        _powers.Settle(loop);
        _powers.Wake(loop);
        return loop;
    }

    /// <summary>Vats start, and do what they are told, until all that executes is messages.</summary>
    private void FinishAllButMessages(KernelLoop loop)
    {
        while (_workers.Executing.Find(worker => worker.Delivery is not DeliverMessage) is { } busy)
        {
            busy.Finish(new CrankReport { WatchedPromises = busy.Delivery is StartVat && busy.Vat == new VatId(2) ? ["p+7"] : [] });
            _powers.Settle(loop);
        }
    }
}
