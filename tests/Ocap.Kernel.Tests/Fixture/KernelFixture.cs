using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Audit;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Fixture;

/// <summary>
/// A real kernel in a world that obeys the test: the test says what each vat does in each crank, when a crank ends, when a write is durable
/// and what time it is. Vats are named by id; with nothing else launched, the first is <c>v1</c> and its root <c>ko4</c>.
/// </summary>
internal sealed class KernelFixture
{
    internal KernelFixture(KernelOptions? options = null, HeldStore? store = null)
    {
        Store = store ?? new HeldStore();
        Loop = new KernelLoop(Store, Workers, World, Powers, options ?? new KernelOptions());
        Loop.Start();
        Settle();
    }

    internal HeldStore Store { get; }

    internal TestPowers Powers { get; } = new();

    internal TestWorld World { get; } = new();

    internal HeldWorkers Workers { get; } = new();

    internal KernelLoop Loop { get; }

    /// <summary>The process has been killed: nothing of it is looked at any more.</summary>
    internal bool IsDead { get; private set; }

    /// <summary>The test breaks the kernel's invariants on purpose.</summary>
    internal bool MayBreak { get; set; }

    /// <summary>A configuration of vats with these names, the first of which is bootstrapped.</summary>
    internal static ClusterConfig Config(IEnumerable<string> names, string more = "")
    {
        string[] all = [.. names];
        string vats = string.Join(',', all.Select(name => $"\"{name}\":{{\"bundleSpec\":\"{name}.bundle\"}}"));
        using JsonDocument config = StoredJson.Parse($"{{\"bootstrap\":\"{all[0]}\",\"vats\":{{{vats}}}{more}}}");
        return ClusterConfig.Parse(config.RootElement);
    }

    /// <summary>Lets everything happen that needs no vat, no disk and no clock.</summary>
    internal void Settle() => Powers.Settle(Loop);

    /// <summary>Lets time pass.</summary>
    internal void After(int milliseconds)
    {
        Powers.Milliseconds += milliseconds;
        Settle();
    }

    /// <summary>Wakes the kernel when it asked to be woken, until something has happened.</summary>
    internal void WakeUntil(Func<bool> happened)
    {
        for (int wakes = 0; !happened(); wakes++)
        {
            if (wakes > 100 || Powers.WakesAt is null)
            {
                throw new InvalidOperationException("the kernel sleeps for ever");
            }

            Powers.Wake(Loop);
        }
    }

    /// <summary>Makes a request; what it can do at once is done when this returns.</summary>
    internal Told<T> Request<T>(Action<KernelLoop, Action<Answer<T>>> request)
    {
        var told = new Told<T>();
        request(Loop, told.Tell);
        Settle();
        return told;
    }

    /// <summary>A message from outside.</summary>
    internal Told<Settlement> Send(string target, string method = "m")
    {
        KRef kref = KRef.Parse(target);
        return Request<Settlement>((loop, answer) => loop.QueueMessage(kref, Ask.Call(method), answer));
    }

    internal Told<Done> Terminate(string vat) => Request<Done>((loop, answer) => loop.TerminateVat(Vat(vat), answer));

    internal Told<Done> Restart(string vat) => Request<Done>((loop, answer) => loop.RestartVat(Vat(vat), answer));

    internal Told<LaunchResult> BeginLaunch(ClusterConfig config) => Request<LaunchResult>((loop, answer) => loop.LaunchSubcluster(config, answer));

    internal Told<LaunchResult> BeginLaunch(params string[] names) => BeginLaunch(Config(names));

    /// <summary>
    /// Launches vats to the end of their bootstrap, which answers <c>undefined</c>. Every other vat's root is known to the first vat, in the order of
    /// the names, as <c>o-1</c>, <c>o-2</c>… Names must be in alphabetical order.
    /// </summary>
    internal LaunchResult Launch(params string[] names)
    {
        Told<LaunchResult> told = BeginLaunch(names);
        for (int i = 0; i < names.Length; i++)
        {
            Finish(Workers.Executing.Single(worker => worker.Delivery is StartVat).Vat.ToString());
        }

        HeldWorker bootstrapped = Workers.Executing.Single(worker => worker.Delivery is DeliverMessage message && message.Methargs.Body.StartsWith("#[\"bootstrap\"", StringComparison.Ordinal));
        Answer(bootstrapped.Vat.ToString(), CapData.Undefined);
        if (Store.Pending is not null)
        {
            Sync();
        }

        return told.Value;
    }

    /// <summary>The worker that executes a crank of this vat now.</summary>
    internal HeldWorker Worker(string vat) => Workers.Executing.Find(worker => worker.Vat.ToString() == vat)
        ?? throw new InvalidOperationException($"{vat} executes nothing; executing: {string.Join(", ", Workers.Executing.Select(worker => $"{worker.Vat} {worker.Delivery}"))}");

    internal bool Executes(string vat) => Workers.Executing.Exists(worker => worker.Vat.ToString() == vat);

    /// <summary>What a vat executes now.</summary>
    internal T Delivery<T>(string vat)
        where T : VatDelivery => Worker(vat).Delivery as T ?? throw new InvalidOperationException($"{vat} executes {Worker(vat).Delivery}");

    /// <summary>The method of the message a vat executes now.</summary>
    internal string Method(string vat) => Delivery<DeliverMessage>(vat).Methargs.Body.Split('"')[1];

    /// <summary>Ends the crank a vat executes.</summary>
    internal void Finish(string vat, params VatSyscall[] syscalls) => Finish(vat, new CrankReport { Syscalls = syscalls });

    internal void Finish(string vat, CrankReport report)
    {
        Worker(vat).Finish(report);
        Settle();
    }

    /// <summary>Ends the message a vat executes by fulfilling its result.</summary>
    internal void Answer(string vat, CapData value, params VatSyscall[] syscalls) =>
        Finish(vat, [.. syscalls, Ask.Fulfill(Delivery<DeliverMessage>(vat).Result!, value)]);

    /// <summary>Ends the collection deliveries a vat executes, one after another, and says what it was told.</summary>
    internal List<string> Collect(string vat)
    {
        var told = new List<string>();
        while (Executes(vat))
        {
            switch (Worker(vat).Delivery)
            {
                case DeliverDropExports drop:
                    told.Add("drop " + string.Join(' ', drop.VRefs));
                    break;
                case DeliverRetireExports retire:
                    told.Add("retire " + string.Join(' ', retire.VRefs));
                    break;
                case DeliverRetireImports retire:
                    told.Add("gone " + string.Join(' ', retire.VRefs));
                    break;
                default:
                    return told;
            }

            Finish(vat);
        }

        return told;
    }

    /// <summary>Sends a vat's root a message without result's value and ends it with syscalls.</summary>
    internal Told<Settlement> Do(string root, string vat, params VatSyscall[] syscalls)
    {
        Told<Settlement> told = Send(root, "do");
        Answer(vat, CapData.Undefined, syscalls);
        return told;
    }

    /// <summary>The disk takes what is being written, and what follows from that, until nothing waits for it.</summary>
    internal void Sync()
    {
        for (int round = 0; Store.Pending is not null; round++)
        {
            if (round > 100)
            {
                throw new InvalidOperationException("writes do not come to an end");
            }

            Store.Complete();
            Settle();
        }
    }

    /// <summary>What a new process finds and does after this one was killed.</summary>
    internal KernelFixture Crash(KernelOptions? options = null, WriteBatch? meanwhile = null)
    {
        IsDead = true;
        HeldStore store = Store.Crash();
        if (meanwhile is not null)
        {
            store.BeginWrite(meanwhile, static _ => { });
        }

        return new KernelFixture(options, store);
    }

    /// <summary>The same if the batch being written may have reached the disk, though nobody had been told yet; the new process finds a disk that takes its time.</summary>
    internal KernelFixture CrashToSlowDisk(KernelOptions options, bool afterSync)
    {
        IsDead = true;
        HeldStore store = afterSync ? Store.CrashAfterSync() : Store.Crash();
        store.Holds = true;
        return new KernelFixture(options, store);
    }

    internal string? Row(string key) => Loop.Core.State.Get(key);

    internal string[] Keys(string prefix) => [.. Loop.Core.State.Scan(prefix).Select(row => row.Key).Order(StringComparer.Ordinal)];

    /// <summary>Error of a settlement, or null when it is fulfilled.</summary>
    internal static string? ErrorOf(Settlement settlement) =>
        settlement.Rejected ? SmallcapsError.TryRead(settlement.Value, out _, out string? message) ? message : settlement.Value.Body : null;

    /// <summary>What is wrong with it.</summary>
    internal IEnumerable<string> Problems() => IsDead
        ? []
        : [.. StateAudit.Check(Loop.Core.State.Scan("")), .. Powers.Errors.Where(error => !MayBreak && error.Contains("invariant broken", StringComparison.Ordinal))];

    internal static VatId Vat(string text) => VatId.TryParse(text, out VatId vat) ? vat : throw new ArgumentException(text, nameof(text));
}
