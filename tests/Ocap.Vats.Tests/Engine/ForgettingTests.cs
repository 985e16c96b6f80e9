using System.Runtime.CompilerServices;
using Jint;
using Jint.Native.Object;

namespace Ocap.Vats.Tests.Engine;

/// <summary>The engine's memory of what it has seen is no reason for an object to live; and what is half done goes on without it.</summary>
public sealed class ForgettingTests
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
    [Arguments("(() => { const f = function () { return arguments[0].a.b; }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const f = function (x) { return Math.max(...arguments) + arguments.length; }; globalThis.keep = f; return f; })()")]
    [Arguments("(() => { const o = { f() { return (() => arguments[0].a)(); } }; globalThis.keep = o; return o.f; })()")]
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
    public async Task What_waits_while_the_engine_forgets_goes_on(string waiting)
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
    [Arguments("(() => { function f() { return () => arguments[0]; } const g = f(1), h = f(2); f(3); return [g(), h()].join(); })()", "1,2")]
    [Arguments("(() => { function f() { return arguments; } const a = f(1, 2), b = f(3); f(4); return [a[0], a.length, b[0], b.length].join(); })()", "1,2,3,1")]
    [Arguments("(() => { let kept; function f() { kept = { arguments }; } f(1); f(2); const last = kept; f(3); return [last.arguments[0], kept.arguments[0]].join(); })()", "2,3")]
    [Arguments("(() => { function f() { const a = arguments; return () => a; } const g = f(1); f(2); return g()[0]; })()", "1")]
    [Arguments("(() => { function f() { return Array.from(arguments, (x) => () => x + arguments.length); } const g = f(1, 2); f(3); return g.map(x => x()).join(); })()", "3,4")]
    [Arguments("(() => { function* f() { yield arguments[0]; yield arguments.length; } const g = f(1, 2); f(3).next(); return [g.next().value, f(9).next().value, g.next().value].join(); })()", "1,9,2")]
    [Arguments("(() => { function f() { return Object.keys(arguments).concat(JSON.stringify(arguments), ...arguments); } f(7); return f(1, 2).join(); })()", "0,1,{\"0\":1,\"1\":2},1,2")]
    [Arguments("(() => { function f() { try { throw arguments; } catch (e) { return e; } } const a = f(1); f(2); return a[0]; })()", "1")]
    [Arguments("(() => { function f() { return [arguments]; } const [a] = f(1); f(2); return a[0]; })()", "1")]
    [Arguments("(() => { function g(a) { return () => a[0]; } function f() { return g(arguments); } const h = f(1); f(2); return h(); })()", "1")]
    [Arguments("(() => { function f() { return eval('1') && new Proxy(arguments, {}); } const a = f(1); f(2); return a[0]; })()", "1")]
    public async Task Arguments_that_are_kept_are_whole(string code, string value) => await Assert.That(VatBench.Value(code)).IsEqualTo(value);

    [Test]
    public async Task A_generator_goes_on_where_it_was() =>
        await Assert.That(VatBench.Run(static vat =>
        {
            vat.Evaluate("(globalThis.g = (function* () { let n = 0; for (;;) yield n++ + (yield 'x'); })(), g.next())");
            vat.TryCollectGarbage();
            return vat.Evaluate("[g.next(5).value, g.next().value, g.next(7).value].join()").ToString();
        })).IsEqualTo("5,x,8");
}
