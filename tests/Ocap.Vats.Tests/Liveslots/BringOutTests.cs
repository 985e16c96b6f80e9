using System.Text.Json;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>What a vat lets go of when it is asked, and what a new heap says it holds.</summary>
public class BringOutTests
{
    private const int Many = 12_000;
    private const int AtOnce = 5_000;

    private const string Source = """
        var __vatExports__ = { buildRootObject(powers, parameters, baggage) {
          const far = methods => { Object.setPrototypeOf(methods, harden(Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: root' } }))); return harden(methods); };
          if (!baggage.has('seen')) baggage.init('seen', VatData.makeScalarBigWeakSetStore('seen', { durable: true }));
          const provideHandle = () => { if (!baggage.has('handle')) baggage.init('handle', VatData.makeKindHandle('note')); return baggage.get('handle'); };
          const makeNote = VatData.defineDurableKind(provideHandle(), i => ({ i }), {});
          let held = [], loose;
          return far({
            collect(none) { loose = none ? undefined : VatData.makeScalarBigMapStore('loose', { durable: true }); },
            fill(from, to) { for (let i = from; i < to; i += 1) loose.init(`key ${i}`, i); },
            make(from, to) { for (let i = from; i < to; i += 1) makeNote(i); },
            hold(list) { held = list; },
            keep(one) { baggage.has('one') ? baggage.set('one', one) : baggage.init('one', one); },
            see(one) { baggage.get('seen').add(one); },
            forget(one) { baggage.get('seen').delete(one); },
          });
        } };
        """;

    [Test]
    public async Task Many_dead_are_brought_out_in_parts_each_of_them_once()
    {
        List<CrankReport> reports = [];
        OnVatThread(run =>
        {
            run.Send("see", "o-9000");
            run.Send("hold", [.. Enumerable.Range(1, Many).Select(static i => $"o-{i}")]);

            // One of those that come last has lost its last recognizer before it is dropped.
            run.Send("forget", "o-9000");
            run.Send("hold");
            do
            {
                reports.Add(run.Deliver(new DeliverBringOutYourDead()));
            }
            while (reports[^1].HasMoreDead && reports.Count < 10);
        });

        string[] dropped = [.. reports.SelectMany(report => Of(report, GcSyscallKind.DropImports))];
        string[] retired = [.. reports.SelectMany(report => Of(report, GcSyscallKind.RetireImports))];
        await Assert.That(reports.Count).IsEqualTo((Many / AtOnce) + 1);
        await Assert.That(reports.TrueForAll(static report => Of(report, GcSyscallKind.DropImports).Length <= AtOnce)).IsTrue();
        await Assert.That(dropped.Distinct().Count()).IsEqualTo(dropped.Length);
        await Assert.That(dropped.Length).IsBetween(Many - 10, Many);
        await Assert.That(retired.Order().SequenceEqual(dropped.Order())).IsTrue();

        // The kernel takes nothing else: an import is retired when it has been dropped, not before.
        foreach (CrankReport report in reports)
        {
            await Assert.That(Of(report, GcSyscallKind.RetireImports).Except(Of(report, GcSyscallKind.DropImports)).Any()).IsFalse();
        }
    }

    [Test]
    public async Task A_dead_collection_of_many_entries_is_deleted_in_parts()
    {
        const int Entries = 45_000;
        List<CrankReport> reports = [];
        OnVatThread(run =>
        {
            run.Call("collect", 0, 0);
            for (int from = 0; from < Entries; from += 15_000)
            {
                run.Call("fill", from, from + 15_000);
            }

            run.Call("collect", 1, 0);
            do
            {
                reports.Add(run.Deliver(new DeliverBringOutYourDead()));
            }
            while (reports[^1].HasMoreDead && reports.Count < 10);
        });

        int[] deleted = [.. reports.Select(static report => report.Vatstore.Count(static row => row.Key.StartsWith("vc.5.s", StringComparison.Ordinal) && row.Value is null))];
        await Assert.That(deleted).IsEquivalentTo([20_000, 20_000, 5_000]);
        await Assert.That(reports[^1].Vatstore.Any(static row => row is { Key: "vc.5.|schemata", Value: null })).IsTrue();
    }

    [Test]
    public async Task What_each_dead_object_costs_does_not_depend_on_how_many_have_died_before_it()
    {
        int asked = 0, deleted = 0;
        OnVatThread(run =>
        {
            run.Call("make", 0, Many);
            CrankReport report;
            do
            {
                report = run.Deliver(new DeliverBringOutYourDead());
                deleted += report.Vatstore.Count(static row => row.Key.StartsWith("vom.o+d", StringComparison.Ordinal) && row.Value is null);
            }
            while (report.HasMoreDead);
            asked = run.NextAsked;
        });
        await Assert.That(deleted).IsBetween(Many - 10, Many);
        await Assert.That(asked).IsLessThan(2 * Many);
    }

    [Test]
    public async Task A_new_heap_says_which_imports_its_stored_data_reaches_and_which_it_only_recognizes()
    {
        CrankReport? started = null;
        OnVatThread(run =>
        {
            run.Send("hold", "o-1", "o-2");
            run.Send("keep", "o-2");
            run.Send("see", "o-3");
            run.Send("see", "o-2");
            started = run.Restart();
        });
        await Assert.That(started!.HeldImports!.Reachable).IsEquivalentTo(["o-2"]);
        await Assert.That(started.HeldImports.Recognizable).IsEquivalentTo(["o-3"]);
    }

    [Test]
    public async Task Where_it_takes_long_to_find_the_dead_the_vat_says_that_there_may_be_more_and_knows_when_it_is_asked_again()
    {
        byte[] ballast = GC.AllocateUninitializedArray<byte>(64 << 20);
        List<CrankReport> reports = [];
        bool answeredMeanwhile = false;
        OnVatThread(TimeSpan.Zero, run =>
        {
            run.Send("hold", "o-1", "o-2");
            run.Send("hold", "o-2");
            while (reports.Count == 0 || (reports[^1].HasMoreDead && reports.Count < 1000))
            {
                reports.Add(run.Deliver(new DeliverBringOutYourDead()));
                if (reports.Count == 1)
                {
                    run.Send("hold", "o-3");
                    answeredMeanwhile = true;
                }

                Thread.Sleep(10);
            }
        });
        GC.KeepAlive(ballast);
        await Assert.That(reports[0].HasMoreDead).IsTrue();
        await Assert.That(answeredMeanwhile).IsTrue();
        await Assert.That(reports[^1].HasMoreDead).IsFalse();
        await Assert.That(reports.SelectMany(static report => Of(report, GcSyscallKind.DropImports)).Order()).Contains("o-1");
    }

    private static string[] Of(CrankReport report, GcSyscallKind kind) =>
        [.. report.Syscalls.OfType<SyscallGc>().Where(syscall => syscall.Kind == kind).SelectMany(static syscall => syscall.VRefs)];

    private static void OnVatThread(Action<Run> action) => OnVatThread(TimeSpan.FromSeconds(30), action);

    /// <param name="patience">For how long a vat waits where the process holds so much that a collection takes long.</param>
    /// <param name="action">What to do.</param>
    private static void OnVatThread(TimeSpan patience, Action<Run> action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action(new Run(patience));
                }
                catch (Exception thrown)
                {
                    failure = thrown;
                }
            },
            VatLimits.Default.ThreadStackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("the vat failed", failure);
        }
    }

    private sealed class Run : IBundleSource
    {
        // A vat that is slow brings out less at once.
        private static readonly VatLimits Patient = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMinutes(2) };

        private readonly RecordingClient _client = new();
        private JintVat? _vat;
        private int _results = 60;

        private readonly TimeSpan _patience;

        internal Run(TimeSpan patience)
        {
            _patience = patience;
            Restart();
        }

        public VatBundle Fetch(string vatConfig) => new(
            "bringout", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["moduleFormat"] = "iife", ["code"] = Source }));

        public VatBundle Kept(string hash) => Fetch("");

        internal int NextAsked => _client.NextAsked;

        internal CrankReport Restart()
        {
            _vat?.Dispose();
            _vat = new JintVat("v1", _client, this, Patient, new MemoryWatch(Patient) { CollectionPatience = _patience }.Open());
            return Deliver(new StartVat("{}", CapData.Undefined, null));
        }

        /// <summary>A message whose argument is the one reference, or a list of them.</summary>
        internal void Send(string method, params string[] slots)
        {
            string list = string.Join(',', slots.Select(static (_, i) => $"\"${i}.Alleged: thing\""));
            string argument = method == "hold" ? $"[{list}]" : list;
            Deliver(new DeliverMessage("o+0", new CapData($"#[\"{method}\",[{argument}]]", slots), $"p-{_results++}"));
        }

        /// <summary>A message with two numbers.</summary>
        internal void Call(string method, int first, int second) =>
            Deliver(new DeliverMessage("o+0", new CapData($"#[\"{method}\",[{first},{second}]]", []), $"p-{_results++}"));

        internal CrankReport Deliver(VatDelivery delivery)
        {
            CrankReport report = _vat!.Run(delivery);
            if (report.Fault is { } fault)
            {
                throw new InvalidOperationException(fault.Message);
            }

            if (report.Syscalls.OfType<SyscallResolve>().SelectMany(static resolve => resolve.Settlements).FirstOrDefault(static settlement => settlement.Rejected) is { } rejected)
            {
                throw new InvalidOperationException(rejected.Value.Body);
            }

            _client.Apply(report);
            return report;
        }
    }
}
