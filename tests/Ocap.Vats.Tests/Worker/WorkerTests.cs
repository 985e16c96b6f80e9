using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Worker;

public class WorkerTests
{
    private static readonly VatLimits Short = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMilliseconds(200) };

    [Test]
    public async Task A_message_is_answered_through_frames()
    {
        byte[] bundle = Root("greet: name => `hello ${name}`");
        await using var vat = new DrivenVat(bundle, VatLimits.Default);
        CrankReport start = await vat.Start();
        await Assert.That(start.Fault).IsNull();
        await Assert.That(start.BundleHash).IsEqualTo(DrivenVat.HashOf(bundle));
        CrankReport report = await vat.Send("greet", "[\"world\"]");
        await Assert.That(((SyscallResolve)report.Syscalls[0]).Settlements[0].Value.Body).IsEqualTo("#\"hello world\"");
        await Assert.That(report.CpuMicroseconds).IsGreaterThan(0);
    }

    [Test]
    public async Task An_endless_loop_ends_that_vat_and_no_other()
    {
        await using var runaway = new DrivenVat(Root("spin() { for (;;) {} }"), Short);
        await using var other = new DrivenVat(Root("ping: () => 'pong'"), VatLimits.Default);
        await runaway.Start();
        await other.Start();
        Task<CrankReport> spinning = runaway.Send("spin", "[]");
        await Assert.That((await other.Send("ping", "[]")).Fault).IsNull();
        await Assert.That((await spinning).Fault!.Code).IsEqualTo("CPU_LIMIT");
    }

    [Test]
    public async Task An_endless_microtask_loop_ends_that_vat()
    {
        await using var vat = new DrivenVat(Root("spin() { const again = () => Promise.resolve().then(again); again(); }"), Short);
        await vat.Start();
        await Assert.That((await vat.Send("spin", "[]")).Fault!.Code).IsEqualTo("CPU_LIMIT");
    }

    [Test]
    public async Task Promises_that_answer_each_other_end_that_vat_not_the_process()
    {
        await using var vat = new DrivenVat(Root("hold: p => { held = p; }, late: () => HandledPromise.applyMethod(held, 'late', [])", "let held;"), Short);
        await vat.Start();
        await vat.Deliver(new DeliverMessage("o+0", new CapData("#[\"hold\",[\"&0\"]]", ["p-6"]), null));
        CrankReport report = await vat.Deliver(new DeliverMessage("o+0", new CapData("#[\"late\",[]]", []), "p-6"));
        await Assert.That(report.Fault?.Code).IsEqualTo("CPU_LIMIT");
    }

    [Test]
    public Task One_operation_that_cannot_be_stopped_is_reported_and_abandoned() => Abandoned();

    [Test]
    public async Task It_is_however_much_is_collected_meanwhile()
    {
        // More than half of the time all threads stand still, as when another vat makes and drops as much as it can.
        bool isOver = false;
        var collecting = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    TimeSpan before = GC.GetTotalPauseDuration();
                    GC.Collect();
                    Thread.Sleep((GC.GetTotalPauseDuration() - before) / 2);
                }
            },
            TaskCreationOptions.LongRunning);
        await Abandoned();
        Volatile.Write(ref isOver, true);
        await collecting;
    }

    private static async Task Abandoned()
    {
        // Stands for one long operation of the engine, a product of huge numbers for instance. That would go on long after the test, and take memory
        // in steps of tens of MiB while other tests measure what there is.
        bool isOver = false;
        await using var vat = new DrivenVat(Root("spin() { console.log('on and on'); }"), Short);
        await vat.Start();
        vat.OnLog = () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                Thread.SpinWait(100);
            }
        };
        var watch = Stopwatch.StartNew();
        try
        {
            CrankReport report = await vat.Send("spin", "[]");
            await Assert.That(report.Fault?.Code).IsEqualTo("CPU_LIMIT");
            await Assert.That(report.Fault!.Message).Contains("could not be stopped");
            await Assert.That(watch.Elapsed).IsLessThan(TimeSpan.FromSeconds(20));
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }
    }

    [Test]
    public async Task Endless_recursion_rejects_the_caller_and_the_vat_lives()
    {
        await using var vat = new DrivenVat(Root("dive() { const f = () => f() + 1; return f(); }, ping: () => 'pong'"), VatLimits.Default);
        await vat.Start();
        CrankReport report = await vat.Send("dive", "[]");
        await Assert.That(report.Fault).IsNull();
        await Assert.That(((SyscallResolve)report.Syscalls[0]).Settlements[0].Value.Body).Contains("\"name\":\"RangeError\"");
        await Assert.That((await vat.Send("ping", "[]")).Fault).IsNull();
    }

    [Test]
    public async Task A_target_the_vat_does_not_know_is_a_fault()
    {
        await using var vat = new DrivenVat(Root("ping: () => 'pong'"), VatLimits.Default);
        await vat.Start();
        CrankReport report = await vat.Deliver(new DeliverMessage("o+99", new CapData("#[\"ping\",[]]", []), "p-60"));
        await Assert.That(report.Fault).IsEqualTo(new VatFault("INTERNAL_ERROR", "I don't remember allocating \"o+99\""));
    }

    [Test]
    public async Task A_delivery_before_the_start_is_a_fault()
    {
        await using var vat = new DrivenVat(Root("ping: () => 'pong'"), VatLimits.Default);
        await Assert.That((await vat.Send("ping", "[]")).Fault!.Message).IsEqualTo("cannot deliver before vat is loaded");
    }

    [Test]
    [Arguments("[]", "Invalid bundle: must be an object")]
    [Arguments("null", "Invalid bundle: must be an object")]
    [Arguments("{}", "Unknown bundle format: undefined")]
    [Arguments("{\"moduleFormat\":\"endoZipBase64\"}", "Unknown bundle format: endoZipBase64")]
    [Arguments("{\"moduleFormat\":\"iife\"}", "Invalid bundle: missing code")]
    [Arguments("{\"moduleFormat\":\"iife\",\"code\":7}", "Invalid bundle: code must be a string")]
    [Arguments("{", "Unexpected end of JSON input")]
    public async Task What_is_no_bundle_is_refused_with_its_reason(string bundle, string message)
    {
        await using var vat = new DrivenVat(Encoding.UTF8.GetBytes(bundle), VatLimits.Default);
        await Assert.That((await vat.Start()).Fault).IsEqualTo(new VatFault("INTERNAL_ERROR", message));
    }

    [Test]
    public async Task A_global_that_is_not_offered_is_refused_by_name()
    {
        await using var vat = new DrivenVat(Root(""), VatLimits.Default);
        CrankReport report = await vat.Deliver(new StartVat("{\"bundleSpec\":\"x\",\"globals\":[\"Nonsense\"]}", CapData.Undefined, null));
        await Assert.That(report.Fault!.Message).IsEqualTo("Vat \"v1\" requested unknown global \"Nonsense\"");
    }

    [Test]
    public async Task A_vat_ended_in_the_middle_of_a_crank_says_nothing_more()
    {
        await using var vat = new DrivenVat(Root("spin() { for (;;) {} }"), Short);
        await vat.Start();
        vat.Give(new DeliverMessage("o+0", new CapData("#[\"spin\",[]]", []), null));
        vat.End();
        await Task.WhenAny(vat.Finished, Task.Delay(TimeSpan.FromMilliseconds(1200)));
        await Assert.That(vat.Finished.IsCompleted).IsFalse();
    }

    [Test]
    public async Task A_restarted_vat_finds_its_baggage()
    {
        byte[] bundle = Root("count() { const n = baggage.get('n') + 1; baggage.set('n', n); return n; }", "if (!baggage.has('n')) baggage.init('n', 0);");
        await using var first = new DrivenVat(bundle, VatLimits.Default);
        await first.Start();
        await first.Send("count", "[]");
        await using var second = new DrivenVat(bundle, VatLimits.Default, first.Store);
        CrankReport start = await second.Deliver(new StartVat("{}", CapData.Undefined, DrivenVat.HashOf(bundle)));
        await Assert.That(start.Fault).IsNull();
        CrankReport report = await second.Send("count", "[]");
        await Assert.That(((SyscallResolve)report.Syscalls[0]).Settlements[0].Value.Body).IsEqualTo("#2");
    }

    [Test]
    public async Task Console_lines_and_uncaught_rejections_reach_the_log()
    {
        await using var vat = new DrivenVat(Root("talk() { console.warn('careful', 1); Promise.reject(Error('lost')); }"), VatLimits.Default);
        await vat.Start();
        CrankReport report = await vat.Send("talk", "[]");
        await Assert.That(report.Fault).IsNull();
        await Assert.That(vat.Logged).Contains("warn careful 1");
        await Assert.That(vat.Logged.Exists(line => line.StartsWith("error Unhandled rejection: Error: lost", StringComparison.Ordinal))).IsTrue();
    }

    [Test]
    [Arguments("Promise.reject(Error('lost')); return 'ok';", "lost")]
    [Arguments("Promise.reject('first'); Promise.reject('second');", "first")]
    [Arguments("(async () => { await null; throw harden({ code: 7 }); })();", "{\"code\":7}")]
    [Arguments("const p = Promise.reject(Error('late')); Promise.resolve().then(() => p.catch(() => {}));", null)]
    [Arguments("return Promise.reject(Error('the caller is told'));", null)]
    [Arguments("throw Error('the caller is told');", null)]
    public async Task A_crank_reports_the_first_rejection_that_it_left_uncaught(string code, string? reason)
    {
        await using var vat = new DrivenVat(Root($"go() {{ {code} }}, ping: () => 'pong'"), VatLimits.Default);
        await vat.Start();
        await Assert.That((await vat.Send("go", "[]")).Uncaught).IsEqualTo(reason);
        await Assert.That((await vat.Send("ping", "[]")).Uncaught).IsNull();
    }

    [Test]
    public async Task An_error_whose_message_never_comes_ends_the_vat_and_costs_no_thread()
    {
        await using var vat = new DrivenVat(Root("", "throw Object.defineProperty(Error('x'), 'message', { get() { for (;;); } });"), Short);
        CrankReport report = await vat.Start();
        await Assert.That(report.Fault?.Code).IsEqualTo("CPU_LIMIT");
        await Assert.That(report.Fault!.Message).StartsWith("one delivery used more than 0.2 s");
    }

    [Test]
    public async Task A_crank_reports_what_it_used()
    {
        await using var vat = new DrivenVat(Root("hold() { held.push(new Uint8Array(8_000_000).fill(1)); }, ping: () => 'pong'", "const held = [];"), VatLimits.Default with { StatementsPerCrank = 100_000 });
        await vat.Start();
        CrankReport report = await vat.Send("hold", "[]");
        await Assert.That(report.AllocatedBytes).IsBetween(8_000_000, 64_000_000);
        await Assert.That(report.Statements).IsBetween(1, 100_000);
        await Assert.That(report.Retained.Most).IsGreaterThanOrEqualTo(8_000_000);
        await Assert.That((await vat.Send("ping", "[]")).AllocatedBytes).IsLessThan(8_000_000);
    }

    /// <summary>A bundle whose root object has the given methods. It declares its remotable by hand, as <c>Far</c> does.</summary>
    internal static byte[] Root(string methods, string setup = "")
    {
        string code = $$"""
            var __vatExports__ = { buildRootObject(vatPowers, parameters, baggage) {
              {{setup}}
              const proto = Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: root' } });
              return harden(Object.setPrototypeOf({ {{methods}} }, harden(proto)));
            } };
            """;
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal) { ["moduleFormat"] = "iife", ["code"] = code, ["exports"] = Array.Empty<string>() });
    }
}
