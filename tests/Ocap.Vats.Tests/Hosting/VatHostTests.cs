using System.Runtime.Versioning;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;
using Ocap.Vats.Hosting;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Hosting;

/// <summary>A vat host in this process, with the test at the other end of its link. Nothing is taken from it here: that is for a process of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class VatHostTests : IDisposable
{
    private static readonly byte[] Bundle = WorkerTests.Root(
        "count() { const n = baggage.get('n') + 1; baggage.set('n', n); console.log('counted', n); return n; }, spin() { for (;;) {} }, ping: () => 'pong'",
        "if (!baggage.has('n')) baggage.init('n', 0);");

    private readonly SortedDictionary<string, string> _store = new(StringComparer.Ordinal);
    private readonly List<string> _questions = [];
    private readonly List<string> _logged = [];
    private readonly HostLink _link;
    private readonly Task<bool> _host;

    public VatHostTests()
    {
        (_link, var child) = HostLink.Pair();
        _link.Send(HostMessage.Plan, 0, new HostPlan(HostPlan.RetainedByMany).Write().Span);
        _host = Task.Run(() => VatHost.Run(child, static () => static () => "nothing"));
    }

    public void Dispose()
    {
        _link.HangUp();
        _host.Wait(TimeSpan.FromSeconds(10));
        _link.Dispose();
    }

    [Test]
    public async Task A_new_vat_starts_without_asking_for_a_store_that_is_known_to_be_empty()
    {
        Open(1, isNew: true);
        CrankReport started = Deliver(1, new StartVat("{}", CapData.Undefined, null));
        await Assert.That(started.Fault).IsNull();
        await Assert.That(_questions).IsEquivalentTo(["FetchBundle", "KeptBundle"]);
        await Assert.That(started.BundleHash).IsEqualTo(DrivenVat.HashOf(Bundle));
        Apply(started);
        await Assert.That(Answer(Deliver(1, Message("count")))).IsEqualTo("#1");
        await Assert.That(_logged).Contains("log: counted 1");
    }

    [Test]
    public async Task A_vat_that_comes_back_reads_its_store_through_the_link()
    {
        Open(1, isNew: true);
        Apply(Deliver(1, new StartVat("{}", CapData.Undefined, null)));
        Apply(Deliver(1, Message("count")));
        Tell(HostMessage.End, 1);
        Open(2, isNew: false);
        _questions.Clear();
        Apply(Deliver(2, new StartVat("{}", CapData.Undefined, DrivenVat.HashOf(Bundle))));
        await Assert.That(_questions).Contains("VatstoreGet").And.DoesNotContain("KeptBundle");
        await Assert.That(Answer(Deliver(2, Message("count")))).IsEqualTo("#2");
    }

    [Test]
    public async Task A_bundle_that_cannot_be_had_is_the_vats_fault_with_its_reason()
    {
        Open(1, isNew: true);
        CrankReport report = Deliver(1, new StartVat("{}", CapData.Undefined, "nowhere"));
        await Assert.That(report.Fault).IsEqualTo(new VatFault("INTERNAL_ERROR", "no bundle nowhere"));
    }

    [Test]
    public async Task While_one_vat_runs_others_are_served_and_pings_answered()
    {
        for (int vat = 1; vat <= 5; vat++)
        {
            Open(vat, isNew: true);
            Apply(Deliver(vat, new StartVat("{}", CapData.Undefined, null)));
        }

        for (int vat = 1; vat <= 4; vat++)
        {
            _link.Send(HostMessage.Deliver, vat, DeliveryFrame.Write(Message("spin")).Span);
        }

        await Assert.That(Answer(Deliver(5, Message("ping")))).IsEqualTo("#\"pong\"");
        Tell(HostMessage.Ping, 0);
        await Assert.That(Hear().Message).IsEqualTo(HostMessage.Pong);
        for (int vat = 1; vat <= 4; vat++)
        {
            Tell(HostMessage.End, vat);
        }
    }

    [Test]
    public async Task A_host_ends_with_its_link()
    {
        _link.HangUp();
        await Assert.That(await _host.WaitAsync(TimeSpan.FromSeconds(10))).IsTrue();
    }

    [Test]
    public async Task A_process_without_a_daemon_at_the_other_end_is_no_host()
    {
        (HostLink link, var child) = HostLink.Pair();
        link.HangUp();
        await Assert.That(VatHost.Run(child, static () => static () => "nothing")).IsFalse();
        link.Dispose();
    }

    private static DeliverMessage Message(string method) => new("o+0", new CapData($"#[\"{method}\",[]]", []), "p-60");

    private static string Answer(CrankReport report) => report.Fault?.Message ?? report.Syscalls.OfType<SyscallResolve>().Single().Settlements[0].Value.Body;

    private void Open(int worker, bool isNew) => _link.Send(
        HostMessage.Open, worker, WorkerSeat.Write(new VatToRun(new VatId(worker), new SubclusterId(1), "{}") { IsNew = isNew }).Span);

    private void Tell(HostMessage message, int worker) => _link.Send(message, worker, []);

    private CrankReport Deliver(int worker, VatDelivery delivery)
    {
        _link.Send(HostMessage.Deliver, worker, DeliveryFrame.Write(delivery).Span);
        (HostMessage message, int about, byte[] payload) = Hear();
        return message == HostMessage.CrankFinished && about == worker
            ? ReportFrame.Read(payload)
            : throw new InvalidOperationException($"the host said {message} about {about}");
    }

    /// <summary>The next word of the host that asks for no answer.</summary>
    private (HostMessage Message, int Worker, byte[] Payload) Hear()
    {
        while (_link.TryReceive(out HostFrame frame))
        {
            switch (frame.Message)
            {
                case HostMessage.Ready:
                    break;
                case HostMessage.Log:
                    (string level, string text) = ConsoleLine.Read(frame.Payload);
                    _logged.Add($"{level}: {text}");
                    break;
                case HostMessage.Question:
                    _questions.Add(frame.Payload[0] switch { 1 => "VatstoreGet", 2 => "VatstoreGetNext", 3 => "FetchBundle", 4 => "KeptBundle", _ => "?" });
                    var client = new Liveslots.RecordingClient();
                    foreach ((string key, string value) in _store)
                    {
                        client.Store.Add(key, value);
                    }

                    _link.Send(HostMessage.Answer, frame.Worker, WorkerQuestion.Answer(frame.Payload, client, new DrivenVat.OneBundle(Bundle)).Span);
                    break;
                default:
                    return (frame.Message, frame.Worker, frame.Payload.ToArray());
            }
        }

        throw new InvalidOperationException("the host has hung up");
    }

    private void Apply(CrankReport report)
    {
        foreach ((string key, string? value) in report.Vatstore)
        {
            if (value is null)
            {
                _store.Remove(key);
            }
            else
            {
                _store[key] = value;
            }
        }
    }
}
