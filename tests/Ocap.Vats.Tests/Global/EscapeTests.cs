namespace Ocap.Vats.Tests.Global;

/// <summary>Ways out that must not exist.</summary>
public sealed class EscapeTests
{
    [Test]
    [Arguments("[].constructor.constructor('return 1')()", "TypeError: Function.prototype.constructor is not a valid constructor.")]
    [Arguments("Reflect.construct((() => {}).constructor, ['return 1'])", "TypeError: Function.prototype.constructor is not a valid constructor.")]
    [Arguments("Object.getPrototypeOf(function* () {}).constructor('yield 1')", "TypeError: Function.prototype.constructor is not a valid constructor.")]
    [Arguments("(() => { const local = 1; return eval('typeof local'); })()", "undefined")]
    [Arguments("Function('a', '}); (function () {')", "SyntaxError")]
    [Arguments("Function('a){}; (function (b', '')", "SyntaxError")]
    [Arguments("Function('return this')()", "undefined")]
    [Arguments("(0, eval)('this') === globalThis", "true")]
    [Arguments("typeof System + typeof importNamespace + typeof clrHelper + typeof host", "undefinedundefinedundefinedundefined")]
    [Arguments("typeof (() => {}).GetType + typeof ''.GetType + typeof ({}).GetHashCode", "undefinedundefinedundefined")]
    [Arguments("eval('with ({}) {}')", "SyntaxError")]
    [Arguments("Object.prototype.polluted = 1", "TypeError")]
    [Arguments("Object.setPrototypeOf(Array.prototype, {})", "TypeError")]
    [Arguments("lockdown()", "undefined")]
    [Arguments("(function () { return typeof this; })()", "undefined")]
    [Arguments("(function f() { return f.caller; })()", "undefined")]
    public async Task What_it_gives(string expression, string begins) => await Assert.That(VatBench.Value(expression)).StartsWith(begins);

    [Test]
    public async Task Dynamic_import_leads_nowhere()
    {
        var reason = VatBench.Run(static vat =>
        {
            vat.Evaluate("(() => { globalThis.outcome = 'pending'; import('file:///etc/passwd').then(() => { outcome = 'loaded'; }, e => { outcome = 'refused'; }); })()");
            vat.Drain();
            return vat.Evaluate("outcome").ToString();
        });
        await Assert.That(reason).IsEqualTo("refused");
    }

    [Test]
    public async Task One_vats_globals_are_not_anothers()
    {
        VatBench.Value("globalThis.mine = 1");
        await Assert.That(VatBench.Value("typeof mine")).IsEqualTo("undefined");
    }

    [Test]
    [Arguments("Symbol.for('shared').note = 1", "TypeError")]
    [Arguments("(() => { const r = () => /x/g; const seen = r().lastIndex; r().lastIndex = 7; return seen; })()", "0")]
    [Arguments("(() => { const t = s => s; const o = t`a`; const seen = Object.isFrozen(o); return seen; })()", "true")]
    [Arguments("(() => { const seen = typeof globalThis.left; globalThis.left = 1; Map = undefined; return seen; })()", "undefined")]
    [Arguments("(() => { const f = () => { const o = {}; o.x = 1; return o; }; const seen = f().y; f().y = 1; return seen; })()", "undefined")]
    public async Task What_one_vat_does_another_with_the_same_code_does_not_see(string expression, string value)
    {
        // The parsed code is shared, and what the engine remembers in it.
        for (var i = 0; i < 3; i++) await Assert.That(VatBench.Value(expression)).StartsWith(value);
    }
}
