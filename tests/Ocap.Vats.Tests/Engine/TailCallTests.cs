using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Engine;

/// <summary>A call in tail position is a call like any other, as programs expect who know no engine that makes it a jump.</summary>
[NotInParallel]
public sealed class TailCallTests
{
    [Test]
    [Arguments("(function f() { return f(); })()")]
    [Arguments("(() => { const f = () => f(); return f(); })()")]
    [Arguments("(() => { const f = n => n ? g(n) : 0, g = n => f(n) || 5; return f(1); })()")]
    [Arguments("(() => { const f = () => (0, g)(), g = () => { if (f) { return f(); } }; return f(); })()")]
    [Arguments("({ m() { return this.m(); } }).m()")]
    [Arguments("({ m() { return this?.m?.(); } }).m()")]
    [Arguments("({ get g() { return this.m(); }, m() { return this.g; } }).g")]
    [Arguments("new (class { #m() { return this.#m(); } m() { return this.#m(); } })().m()")]
    [Arguments("(() => { const f = () => f``; return f(); })()")]
    [Arguments("(() => { const f = () => { try { throw 1; } catch { return f(); } }; return f(); })()")]
    [Arguments("(0, eval)('(function f() { return f(); })()')")]
    [Arguments("Function('const f = () => f(); return f();')()")]
    [Arguments("Function('return (0, eval)(\"(function f() { return f(); })()\")')()")]
    [Arguments("new Compartment().evaluate('const f = () => f(); f()')")]
    [Arguments("new Compartment().globalThis.Function('const f = () => f(); return f();')()")]
    public async Task Recursion_without_end_in_tail_position_is_a_RangeError_at_once(string code) =>
        await Assert.That(VatBench.Ending(code, VatLimits.Default with { CpuPerCrank = TimeSpan.FromSeconds(2), StackBytes = 256 << 10 })).IsEqualTo("RangeError: Maximum call stack size exceeded");

    [Test]
    public async Task A_promise_of_a_recursion_without_end_is_rejected_with_a_RangeError() =>
        await Assert.That(VatBench.Run(static vat =>
        {
            vat.Evaluate("(() => { const f = async () => f(); globalThis.seen = 'nothing'; f().catch(e => { globalThis.seen = String(e); }); })()");
            vat.Drain();
            return vat.Evaluate("globalThis.seen").ToString();
        })).IsEqualTo("RangeError: Maximum call stack size exceeded");

    [Test]
    [Arguments("(function outer() { return (function middle() { return (() => Error('here').stack)(); })(); })()")]
    [Arguments("(0, eval)(\"(function outer() { return (function middle() { return (() => Error('here').stack)(); })(); })()\")")]
    public async Task Callers_in_tail_position_are_in_stack_traces(string code)
    {
        var stack = VatBench.Value(code);
        await Assert.That(stack).Contains("at middle (");
        await Assert.That(stack).Contains("at outer (");
    }

    [Test]
    public async Task A_stack_is_that_of_its_error_whatever_was_asked_before() =>
        await Assert.That(VatBench.Value("""
            (() => {
              const a = Error('a'), b = Error('b'), first = s => s.split('\n')[0];
              const seen = [a.stack, a.stack, b.stack, a.stack].map(first);
              a.message = 'changed';
              return [...seen, first(a.stack), first(b.stack)].join();
            })()
            """)).IsEqualTo("Error: a,Error: a,Error: b,Error: a,Error: changed,Error: b");
}
