using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Promises;

/// <summary>
/// Promises resolved to themselves are rejected, and so is what was sent to them. With @endo/eventual-send 1.4 it goes round in microtasks for ever, which is why
/// no oracle is asked.
/// </summary>
public sealed class SelfResolutionTests
{
    private const string Methods = """
        before() { let r; const p = new HandledPromise(resolve => { r = resolve; }); const answer = HandledPromise.applyMethod(p, 'x', []); r(p); return answer; },
        after() { let r; const p = new HandledPromise(resolve => { r = resolve; }); r(p); return HandledPromise.get(p, 'x'); },
        itself() { let r; const p = new HandledPromise(resolve => { r = resolve; }); r(p); return p; },
        ring() {
          let r, s; const p = new HandledPromise(resolve => { r = resolve; }), q = new HandledPromise(resolve => { s = resolve; });
          const answer = HandledPromise.applyMethod(p, 'x', []); r(q); s(p); return answer;
        },
        """;

    [Test]
    [Arguments("before")]
    [Arguments("after")]
    [Arguments("itself")]
    [Arguments("ring")]
    public async Task What_is_sent_to_a_promise_that_is_resolved_to_itself_is_rejected(string method)
    {
        await using var vat = new DrivenVat(WorkerTests.Root(Methods), VatLimits.Default);
        await vat.Start();
        CrankReport report = await vat.Send(method, "[]");
        await Assert.That(report.Fault).IsNull();
        PromiseSettlement settled = report.Syscalls.OfType<SyscallResolve>().Single().Settlements[0];
        await Assert.That(settled.Rejected).IsTrue();
        await Assert.That(settled.Value.Body).Contains("TypeError");
    }
}
