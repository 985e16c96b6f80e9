namespace Ocap.Vats.Tests.Engine;

/// <summary>What looking for an error's words must not do.</summary>
public sealed class ErrorWordsSafetyTests
{
    [Test]
    [Arguments("const o = { get g() { n += 1; return {}; } }; try { o.g.f(); } catch (e) { text = e.message; }", "1 o.g.f is not a function")]
    [Arguments("const o = new Proxy({}, { get(t, k) { n += 1; return t[k]; } }); try { (0, o.f)(); } catch (e) { text = e.message; }", "1 (0 , o.f) is not a function")]
    [Arguments("const o = new Proxy(Object.freeze({ a: 1 }), { set() { return false; }, get() { n += 1; }, getOwnPropertyDescriptor() { n += 1; } }); try { o.a = 1; } catch (e) { text = e.message; }", "0 'set' on proxy: trap returned falsish for property 'a'")]
    [Arguments("const k = { toString() { n += 1; return 'k'; } }; const o = {}; try { o[k](); } catch (e) { text = e.message; }", "1 o[k] is not a function")]
    [Arguments("const k = { toString() { n += 1; return 'k'; }, get [Symbol.toStringTag]() { n += 1; return 'T'; } }; try { [1].map(k); } catch (e) { text = e.message; }", "0 object is not a function")]
    [Arguments("const o = Object.freeze({ get [Symbol.toStringTag]() { n += 1; return 'T'; }, a: 1 }); try { o.a = 2; } catch (e) { text = e.message; }", "0 Cannot assign to read only property 'a' of object '[object Object]'")]
    [Arguments("const o = { get a() { n += 1; return undefined; } }; try { const { a: { b } } = o; } catch (e) { text = e.message; }", "1 *")]
    [Arguments("const c = new Compartment(); Object.defineProperty(c.globalThis, 'g', { get() { n += 1; return {}; } }); text = c.evaluate('let o = {}; try { o[g.k](); } catch (e) { e.message; }');", "1 o[g.k] is not a function")]
    public async Task Finding_the_words_of_an_error_runs_no_code_of_the_vat(string code, string expected)
    {
        var seen = VatBench.Value($"(() => {{ let n = 0, text = ''; {code} return `${{n}} ${{text}}`; }})()");
        if (expected.EndsWith('*')) await Assert.That(seen).StartsWith(expected[..^1]);
        else await Assert.That(seen).IsEqualTo(expected);
    }

    [Test]
    [Arguments("(() => { const e = new TypeError('f is not a function'); try { (() => { throw e; })(); } catch (again) { try { null.x; } catch {} try { throw again; } catch (last) { return `${last === e} ${last.message}`; } } })()", "true f is not a function")]
    [Arguments("(() => { const g = (function* () { try { yield 1; } catch (e) { return e.message; } })(); g.next(); return g.throw(new TypeError('Argument must be callable')).value; })()", "Argument must be callable")]
    [Arguments("(() => { try { throw new RangeError(''); } catch (e) { return `[${e.message}]`; } })()", "[]")]
    [Arguments("(() => { try { throw new TypeError(); } catch (e) { return Reflect.ownKeys(e).join(); } })()", "")]
    [Arguments("(() => { class Mine extends TypeError {} try { throw new Mine('Property \\'x\\' of object is not a function'); } catch (e) { return e.message; } })()", "Property 'x' of object is not a function")]
    public async Task An_error_that_the_vats_code_makes_keeps_its_words(string code, string expected) => await Assert.That(VatBench.Value(code)).IsEqualTo(expected);

    [Test]
    [Arguments("(() => { try { null.x; } catch (e) { return Reflect.ownKeys(e).join(); } })()", "message")]
    [Arguments("(() => { try { undefined[{}]; } catch (e) { return Reflect.ownKeys(e).join(); } })()", "message")]
    [Arguments("(() => { try { null.x; } catch (e) { return e.stack.split('\\n')[0]; } })()", "TypeError: Cannot read properties of null (reading 'x')")]
    [Arguments("(() => { try { ({}).f(); } catch (e) { return e.stack.split('\\n')[0]; } })()", "TypeError: {}.f is not a function")]
    [Arguments("(() => { try { ({}).f(); } catch (e) { const d = Object.getOwnPropertyDescriptor(e, 'message'); return `${d.writable} ${d.enumerable} ${d.configurable}`; } })()", "true false true")]
    [Arguments("(() => { try { ({}).f(); } catch (e) { e.message = 'changed'; return `${e.message} ${Object.isFrozen(harden(e))}`; } })()", "changed true")]
    public async Task An_error_of_the_engine_is_an_object_like_any_other_error(string code, string expected) => await Assert.That(VatBench.Value(code)).IsEqualTo(expected);

    [Test]
    [Arguments("(() => { let deepest = 0; const f = n => { deepest = n; try { f(n + 1); } catch (e) { try { null.x; } catch {} throw e; } }; try { f(0); } catch (e) { return `${e.name}: ${e.message}`; } })()", "RangeError: Maximum call stack size exceeded")]
    [Arguments("(() => { const f = n => (n === 0 ? ({}).g() : f(n - 1)); try { f(200); } catch (e) { return e.message; } })()", "{}.g is not a function")]
    [Arguments("(() => { try { JSON.parse('['.repeat(50) + 'x'); } catch (e) { return e.message.slice(0, 20); } })()", "Unexpected token 'x'")]
    [Arguments("(() => { try { JSON.parse('['.repeat(100000)); } catch (e) { return e.name; } })()", "SyntaxError")]
    [Arguments("(() => { let o = {}; for (let i = 0; i < 2000; i++) o = { o }; let top = o; while (o.o) o = o.o; o.top = top; try { JSON.stringify(top); } catch (e) { return e.message.split('\\n')[0]; } })()", "Converting circular structure to JSON")]
    [Arguments("(() => { const text = 'x' + '.a'.repeat(100) + '.f()'; try { (0, eval)(`let x = {}; for (let i = 0, o = x; i < 100; i++) { o.a = {}; o = o.a; } ${text}`); } catch (e) { return e.message.slice(-30); } })()", ".a.a.a.a.a.f is not a function")]
    public async Task Large_and_deep_things_do_no_harm(string code, string expected) => await Assert.That(VatBench.Value(code)).IsEqualTo(expected);
}
