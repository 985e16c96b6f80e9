using System.Runtime.CompilerServices;
using Jint;
using Jint.Native.Object;

namespace Ocap.Vats.Tests.Engine;

/// <summary>The engine's memory of what it has seen is no reason for an object to live; and what is half done goes on without it.</summary>
public sealed class BuiltBodiesTests
{
    [Test]
    [Arguments("(() => { const f = x => x.a.b; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const f = function (x) { return x.a.b; }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const o = { f(x) { return x.a.b; } }; globalThis.keep = o; return o.f; })()")]
    [Arguments("(() => { class C { static f(x) { return x.a.b; } } globalThis.keep = C; return C.f; })()")]
    [Arguments("(() => { const f = x => { const y = x; return [1].map(() => 1).length + y.a.b; }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const f = function (x) { for (const k in x) { x[k]; } for (const y of [x]) { y.a; } }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const f = function (x) { return eval('1'); }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const f = function ({ a }, ...rest) { try { throw a; } catch (e) { return e; } }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { function f(n, x) { return n ? f(n - 1, x) : x.a.b; } globalThis.keep = f; return x => f(3, x); })()")]
    [Arguments("(() => { const o = { f() { return this.a.b; } }; globalThis.keep = o; return x => o.f.call(x); })()")]
    public async Task What_a_function_was_called_with_last_is_garbage_afterwards_each_time(string function)
    {
        bool[] alive = VatBench.Run(vat =>
        {
            vat.Evaluate($"globalThis.call = {function}");
            return new[] { 1, 2, 3 }.Select(_ =>
            {
                WeakReference made = Call(vat);
                vat.TryCollectGarbage();
                return made.IsAlive;
            }).ToArray();
        });
        await Assert.That(alive).DoesNotContain(true);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Call(VatEngine vat)
        {
            var made = (ObjectInstance)vat.Evaluate("({ a: { b: 1 } })");
            vat.Engine.Invoke("call", made);
            vat.Engine.Invoke("call", made);
            return new WeakReference(made);
        }
    }

    [Test]
    [Arguments("async () => (await gate) + 1")]
    [Arguments("async () => { const a = await gate; return a + 1; }")]
    [Arguments("async function () { let s = 0; for (const x of [1]) { s += await gate; } return s + 1; }")]
    [Arguments("async () => (await (async () => (await gate) + 0)()) + 1")]
    [Arguments("async () => ({ [await gate]: 1 + await gate })[1]")]
    [Arguments("async () => { for await (const x of (async function* () { yield await gate; })()) return x + 1; }")]
    public async Task What_waits_while_bodies_are_discarded_goes_on(string waiting)
    {
        string value = VatBench.Run(vat =>
        {
            vat.Evaluate($"(globalThis.gate = new Promise(open => {{ globalThis.open = open; }}), globalThis.told = 'nothing', globalThis.f = {waiting}, f().then(x => {{ told = `${{x}}`; }}, e => {{ told = `${{e}}`; }}))");
            vat.Drain();
            vat.TryCollectGarbage();
            vat.Evaluate("open(1)");
            vat.Drain();
            return vat.Evaluate("told").ToString();
        });
        await Assert.That(value).IsEqualTo("2");
    }

    [Test]
    public async Task A_generator_goes_on_where_it_was() =>
        await Assert.That(VatBench.Run(static vat =>
        {
            vat.Evaluate("(globalThis.g = (function* () { let n = 0; for (;;) yield n++ + (yield 'x'); })(), g.next())");
            vat.TryCollectGarbage();
            return vat.Evaluate("[g.next(5).value, g.next().value, g.next(7).value].join()").ToString();
        })).IsEqualTo("5,x,8");
}
