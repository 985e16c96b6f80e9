using CsCheck;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>What crosses between kernel and workers: everything survives the crossing, and damage is noticed.</summary>
public sealed class FrameTests
{
    private static readonly string[] Odd = ["", "\ud800", "\udc00a", "\ud83d\ude00", "a\0b", new string('é', 200)];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char, 0, 20],
        Gen.String[Gen.Char['\ud7fe', '\ue001'], 0, 6],
        Gen.Int[0, 5].Select(i => Odd[i]));

    private static readonly Gen<string?> OptionalText = Gen.OneOf(Text.Select(text => (string?)text), Gen.Const((string?)null));
    private static readonly Gen<string[]> Texts = Text.Array[0, 4];
    private static readonly Gen<CapData> Data = Gen.Select(Text, Texts, (body, slots) => new CapData(body, slots));

    private static readonly Gen<PromiseSettlement[]> Settlements =
        Gen.Select(Text, Gen.Bool, Data, (promise, rejected, value) => new PromiseSettlement(promise, rejected, value)).Array[0, 4];

    private static readonly Gen<long> Id = Gen.Long[0, long.MaxValue];
    private static readonly Gen<KeyValuePair<string, string>[]> Headers = Gen.Select(Text, Text, (name, value) => new KeyValuePair<string, string>(name, value)).Array[0, 3];
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    private static readonly Gen<OutsideEvent> Happening = Gen.OneOf<OutsideEvent>(
        Gen.Const((OutsideEvent)new TimerFired()),
        Gen.Select(Gen.Int[100, 599], Text, Text, Gen.Bool, Headers, Texts, (status, reason, url, redirected, headers, codings) =>
            (OutsideEvent)new ResponseHead(status, reason, url, redirected, headers) { Codings = codings }),
        Bytes.Select(bytes => (OutsideEvent)new BodyPiece(bytes)),
        Gen.Const((OutsideEvent)new BodyEnd()),
        Bytes.Select(bytes => (OutsideEvent)new FileContent(bytes)),
        Gen.Const((OutsideEvent)new FileAccessible()),
        Gen.Select(Text, Text, OptionalText, (kind, message, code) => (OutsideEvent)new OutsideFailure(kind, message, code)));

    private static readonly Gen<OutsideRequest> Request = Gen.OneOf<OutsideRequest>(
        Gen.Select(Id, Id, Gen.Bool, (id, after, repeats) => (OutsideRequest)new StartTimer(id, after, repeats)),
        Gen.Select(Id, Text, Text, Headers, Gen.OneOf(Gen.Const((byte[]?)null), Bytes.Select(bytes => (byte[]?)bytes)), (id, method, url, headers, body) =>
            (OutsideRequest)new StartFetch(id, method, url, headers, body is null ? null : body.AsMemory(), "follow")),
        Gen.Select(Id, Gen.Bool, (id, hasRest) => (OutsideRequest)new ContinueFetch(id) { HasRest = hasRest }),
        Gen.Select(Id, Text, (id, path) => (OutsideRequest)new ReadFile(id, path)),
        Gen.Select(Id, Text, Gen.Int[0, 7], (id, path, mode) => (OutsideRequest)new AccessFile(id, path, mode)),
        Id.Select(id => (OutsideRequest)new CancelRequest(id)));

    private static readonly Gen<VatDelivery> Delivery = Gen.OneOf<VatDelivery>(
        Gen.Select(Text, Data, OptionalText, (config, parameters, hash) => (VatDelivery)new StartVat(config, parameters, hash)),
        Gen.Select(Text, Data, OptionalText, (target, methargs, result) => (VatDelivery)new DeliverMessage(target, methargs, result)),
        Settlements.Select(settlements => (VatDelivery)new DeliverNotify(settlements)),
        Texts.Select(vrefs => (VatDelivery)new DeliverDropExports(vrefs)),
        Texts.Select(vrefs => (VatDelivery)new DeliverRetireExports(vrefs)),
        Texts.Select(vrefs => (VatDelivery)new DeliverRetireImports(vrefs)),
        Gen.Select(Id, Happening, (id, happening) => (VatDelivery)new DeliverOutside(id, happening)),
        Gen.Const((VatDelivery)new DeliverBringOutYourDead()));

    private static readonly Gen<VatSyscall> Syscall = Gen.OneOf<VatSyscall>(
        Gen.Select(Text, Data, OptionalText, (target, methargs, result) => (VatSyscall)new SyscallSend(target, methargs, result)),
        Text.Select(promise => (VatSyscall)new SyscallSubscribe(promise)),
        Settlements.Select(settlements => (VatSyscall)new SyscallResolve(settlements)),
        Gen.Select(Gen.Bool, Data, (failure, info) => (VatSyscall)new SyscallExit(failure, info)),
        Gen.Select(Gen.Int[0, 3], Texts, (kind, vrefs) => (VatSyscall)new SyscallGc((GcSyscallKind)kind, vrefs)));

    private static readonly Gen<CrankReport> Report = Gen.Select(
        Syscall.Array[0, 4],
        Gen.Select(Text, OptionalText, (key, value) => new KeyValuePair<string, string?>(key, value)).Array[0, 4],
        Gen.OneOf(Gen.Const((VatFault?)null), Gen.Select(Text, Text, (code, message) => (VatFault?)new VatFault(code, message))),
        OptionalText,
        Gen.Select(Texts, Gen.OneOf(Gen.Const((HeldImports?)null), Gen.Select(Texts, Texts, (reachable, recognizable) => (HeldImports?)new HeldImports(reachable, recognizable))), Gen.Bool),
        Gen.Long[0, long.MaxValue],
        Gen.Select(OptionalText, Id, Id, Id, Id),
        Request.Array[0, 4],
        (syscalls, vatstore, fault, hash, held, cpu, more, outside) => new CrankReport
        {
            Syscalls = syscalls,
            Vatstore = vatstore,
            Fault = fault,
            BundleHash = hash,
            WatchedPromises = held.Item1,
            HeldImports = held.Item2,
            HasMoreDead = held.Item3,
            CpuMicroseconds = cpu,
            Uncaught = more.Item1,
            AllocatedBytes = more.Item2,
            Statements = more.Item3,
            Retained = (more.Item4, more.Item5),
            Outside = outside,
        });

    [Test]
    public async Task A_report_of_too_many_small_parts_is_refused_before_it_is_taken_apart()
    {
        CrankReport report = new() { Syscalls = [.. Enumerable.Repeat(new SyscallGc(GcSyscallKind.DropImports, []), 2_000_001)] };
        ReadOnlyMemory<byte> frame = ReportFrame.Write(report);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? complaint = null;
        try
        {
            ReportFrame.Read(frame.Span);
        }
        catch (FrameException refused)
        {
            complaint = refused.Message;
        }

        await Assert.That(complaint).IsEqualTo("the frame has too many parts");
        await Assert.That(GC.GetAllocatedBytesForCurrentThread() - before).IsLessThan(1 << 20);
    }

    [Test]
    public async Task The_words_of_a_failure_are_cut_to_what_people_read()
    {
        string words = new string('x', (64 << 10) - 1) + "\ud83d\ude00" + new string('y', 1 << 20);
        CrankReport read = ReportFrame.Read(ReportFrame.Write(new CrankReport { Fault = new VatFault("X", words), Uncaught = words }).Span);
        await Assert.That(read.Fault!.Message).IsEqualTo(words[..((64 << 10) - 1)] + "… (cut)");
        await Assert.That(read.Uncaught).IsEqualTo(read.Fault.Message);
    }

    [Test]
    public void Every_delivery_arrives_as_it_was_sent() =>
        Delivery.Sample(delivery => Show(DeliveryFrame.Read(DeliveryFrame.Write(delivery).Span)) == Show(delivery));

    [Test]
    public void Every_report_arrives_as_it_was_sent() =>
        Report.Sample(report => Show(ReportFrame.Read(ReportFrame.Write(report).Span)) == Show(report));

    [Test]
    public async Task Lone_surrogates_survive()
    {
        var data = new CapData("#\"\ud800x\udc00\"", ["\udfff"]);
        var back = (DeliverMessage)DeliveryFrame.Read(DeliveryFrame.Write(new DeliverMessage("o+0", data, "\ud800")).Span);
        await Assert.That(back.Methargs).IsEqualTo(data);
        await Assert.That(string.Equals(back.Result, "\ud800", StringComparison.Ordinal)).IsTrue();
    }

    [Test]
    public void A_frame_cut_short_is_refused() =>
        Gen.Select(Delivery, Report, Gen.Double[0, 1]).Sample((delivery, report, at) =>
        {
            ReadOnlySpan<byte> one = DeliveryFrame.Write(delivery).Span;
            ReadOnlySpan<byte> two = ReportFrame.Write(report).Span;
            return RefusesDelivery(one[..(int)(at * (one.Length - 1))]) && RefusesReport(two[..(int)(at * (two.Length - 1))]);
        });

    [Test]
    public void Bytes_behind_the_end_are_refused() =>
        Gen.Select(Delivery, Report, Gen.Byte).Sample((delivery, report, more) =>
            RefusesDelivery([.. DeliveryFrame.Write(delivery).Span, more]) && RefusesReport([.. ReportFrame.Write(report).Span, more]));

    [Test]
    public void A_damaged_frame_is_read_as_something_or_refused_and_nothing_else() =>
        Gen.Select(Delivery, Report, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 5]).Sample((delivery, report, damage) =>
        {
            byte[] one = DeliveryFrame.Write(delivery).ToArray();
            byte[] two = ReportFrame.Write(report).ToArray();
            foreach ((int at, byte value) in damage)
            {
                one[at % one.Length] = value;
                two[at % two.Length] = value;
            }

            RefusesDelivery(one);
            RefusesReport(two);
        });

    [Test]
    public void Noise_is_read_as_something_or_refused_and_nothing_else() =>
        Gen.Byte.Array[0, 60].Sample(noise =>
        {
            RefusesDelivery(noise);
            RefusesReport(noise);
        });

    [Test]
    [Arguments(new byte[] { })]
    [Arguments(new byte[] { 0 })]
    [Arguments(new byte[] { 99 })]
    [Arguments(new byte[] { 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [Arguments(new byte[] { 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [Arguments(new byte[] { 4, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [Arguments(new byte[] { 4, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    public async Task A_frame_that_lies_about_a_length_is_refused(byte[] frame) => await Assert.That(RefusesDelivery(frame)).IsTrue();

    /// <summary>Whether a frame is refused; any other exception goes through and fails the test.</summary>
    private static bool RefusesDelivery(ReadOnlySpan<byte> frame)
    {
        try
        {
            DeliveryFrame.Read(frame);
            return false;
        }
        catch (FrameException)
        {
            return true;
        }
    }

    private static bool RefusesReport(ReadOnlySpan<byte> frame)
    {
        try
        {
            ReportFrame.Read(frame);
            return false;
        }
        catch (FrameException)
        {
            return true;
        }
    }

    private static string Show(VatDelivery delivery) => delivery switch
    {
        StartVat start => $"start {Show(start.VatConfig)} {Show(start.Parameters)} {Show(start.BundleHash)}",
        DeliverMessage message => $"message {Show(message.Target)} {Show(message.Methargs)} {Show(message.Result)}",
        DeliverNotify notify => $"notify {Show(notify.Settlements)}",
        DeliverDropExports drop => $"drop {Show(drop.VRefs)}",
        DeliverRetireExports retire => $"retireExports {Show(retire.VRefs)}",
        DeliverRetireImports retire => $"retireImports {Show(retire.VRefs)}",
        _ => delivery.GetType().Name,
    };

    private static string Show(CrankReport report) => string.Join('|', [
        .. report.Syscalls.Select(Show),
        .. report.Vatstore.Select(row => $"{Show(row.Key)}={Show(row.Value)}"),
        Show(report.Fault?.Code), Show(report.Fault?.Message), Show(report.BundleHash), Show(report.WatchedPromises),
        report.HeldImports is { } held ? $"held {Show(held.Reachable)} {Show(held.Recognizable)}" : "", $"{report.HasMoreDead}", $"{report.CpuMicroseconds}",
        Show(report.Uncaught), $"{report.AllocatedBytes} {report.Statements} {report.Retained}"]);

    private static string Show(VatSyscall syscall) => syscall switch
    {
        SyscallSend send => $"send {Show(send.Target)} {Show(send.Methargs)} {Show(send.Result)}",
        SyscallSubscribe subscribe => $"subscribe {Show(subscribe.Promise)}",
        SyscallResolve resolve => $"resolve {Show(resolve.Settlements)}",
        SyscallExit exit => $"exit {exit.IsFailure} {Show(exit.Info)}",
        SyscallGc gc => $"gc {gc.Kind} {Show(gc.VRefs)}",
        _ => throw new InvalidOperationException(syscall.GetType().Name),
    };

    private static string Show(IReadOnlyList<PromiseSettlement> settlements) =>
        string.Join(';', settlements.Select(settlement => $"{Show(settlement.Promise)}:{settlement.Rejected}:{Show(settlement.Value)}"));

    private static string Show(CapData data) => $"{Show(data.Body)}{Show(data.Slots)}";

    private static string Show(IEnumerable<string> texts) => $"[{string.Join(',', texts.Select(Show))}]";

    /// <summary>UTF-16 units in hex, so that nothing looks alike.</summary>
    private static string Show(string? text) => text is null ? "null" : $"'{string.Join(' ', text.Select(unit => $"{(int)unit:x}"))}'";
}
