namespace Ocap.Vats.Tests.Engine;

/// <summary>What an arrow function without braces throws is a JavaScript error, wherever it was called from; and it is as it is written.</summary>
public sealed class ArrowBodyTests
{
    private const string Mixed = "TypeError: Cannot mix BigInt and other types, use explicit conversions";

    [Test]
    [Arguments("(async x => x + 1)(1n)", Mixed)]
    [Arguments("(async x => (await x) + 1)(1n)", Mixed)]
    [Arguments("Promise.resolve(1n).then(x => x + 1)", Mixed)]
    [Arguments("new Promise(resolve => resolve(1n + 1))", Mixed)]
    [Arguments("Promise.resolve(1n).finally(() => 1n + 1)", Mixed)]
    [Arguments("HandledPromise.resolve(1n).then(x => x + 1)", Mixed)]
    [Arguments("Promise.resolve({ then: resolve => resolve(1n + 1) })", Mixed)]
    [Arguments("(0, eval)('x => Promise.resolve(x).then(y => y + 1)')(1n)", Mixed)]
    [Arguments("Promise.resolve(Symbol('s')).then(s => `${s}`)", "TypeError: Cannot convert a Symbol value to a string")]
    [Arguments("Promise.resolve('abc').then(BigInt)", "SyntaxError: Cannot convert abc to a BigInt")]
    [Arguments("Promise.reject(Symbol('s')).catch(Number)", "TypeError: Cannot convert a Symbol value to a number")]
    [Arguments("Promise.resolve(1n).then(Math.sqrt.bind(null))", "TypeError: Cannot convert a BigInt value to a number")]
    public async Task Its_failures_reject_promises(string promise, string reason) =>
        await Assert.That(VatBench.Run(vat =>
        {
            vat.DefineGlobal("HandledPromise", new Ocap.Vats.Liveslots.VatHeap(vat, "v1", new Liveslots.RecordingClient()).Promises.Constructor);
            vat.Evaluate($"(() => {{ globalThis.seen = 'nothing'; {promise}.catch(e => {{ globalThis.seen = String(e); }}); }})()");
            vat.Drain();
            return vat.Evaluate("globalThis.seen").ToString();
        })).IsEqualTo(reason);

    [Test]
    public async Task It_can_be_called_by_the_host() =>
        await Assert.That(VatBench.Run(static vat => VatBench.Show(vat, () => Jint.JsValueExtensions.Call(vat.Evaluate("x => x + 1"), vat.Evaluate("1n"))))).IsEqualTo(Mixed);

    [Test]
    [Arguments("String(x => x + 1)", "x => x + 1")]
    [Arguments("String((x, y) => ({ x, y }))", "(x, y) => ({ x, y })")]
    [Arguments("(() => ({ a: 1 }))().a", "1")]
    [Arguments("(function () { return (() => arguments[0] + this.b)(); }).call({ b: 2 }, 1)", "3")]
    [Arguments("(x => y => z => x + y + z)(1)(2)(3)", "6")]
    [Arguments("typeof (() => void 0)()", "undefined")]
    [Arguments("[3, 1, 2].map(x => x * 2).sort((a, b) => a - b).join()", "2,4,6")]
    [Arguments("((a, b = () => a + 1) => b())(1)", "2")]
    [Arguments("(() => { const f = () => f.name + f.length; return f(); })()", "f0")]
    public async Task It_does_what_it_says(string code, string value) => await Assert.That(VatBench.Value(code)).IsEqualTo(value);
}
