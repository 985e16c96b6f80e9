using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Limits;

/// <summary>Running out of stack is an error that a vat can catch, and the vat lives on: never the end of the process.</summary>
[NotInParallel]
public sealed class StackTests
{
    [Test]
    [Arguments("(function f() { return f() + 1; })()")]
    [Arguments("(() => { const f = () => f() + 1; f(); })()")]
    [Arguments("(() => { const o = { get x() { return this.x + 1; } }; return o.x; })()")]
    [Arguments("(() => { const o = { set x(v) { this.x = v; } }; o.x = 1; })()")]
    [Arguments("(() => { const p = new Proxy({}, { get: (t, k, r) => r[k] + 1 }); return p.x; })()")]
    [Arguments("(() => { const p = new Proxy({}, { has: (t, k) => k in p }); return 'x' in p; })()")]
    [Arguments("(() => { const o = { toString() { return '' + o; } }; return '' + o; })()")]
    [Arguments("(() => { const o = { valueOf() { return +o; } }; return +o; })()")]
    [Arguments("(() => { const o = { toJSON() { return JSON.stringify(o); } }; return JSON.stringify(o); })()")]
    [Arguments("(() => { let o = {}; for (let i = 0; i < 200000; i++) o = { o }; return JSON.stringify(o); })()")]
    [Arguments("(() => { const f = () => [2, 1].sort(f); return f(); })()")]
    [Arguments("(() => { const f = () => 'x'.replace(/x/, f); return f(); })()")]
    [Arguments("(() => { const f = () => [1].map(f); return f(); })()")]
    [Arguments("(() => { const f = () => Reflect.apply(f, null, []); return f(); })()")]
    [Arguments("(() => { class C { constructor() { new C(); } } new C(); })()")]
    [Arguments("(() => { let f = () => 1; for (let i = 0; i < 200000; i++) f = f.bind(null); return f(); })()")]
    [Arguments("(() => { let p = {}; for (let i = 0; i < 200000; i++) p = new Proxy(p, {}); return p.x; })()")]
    [Arguments("(() => { let a = []; for (let i = 0; i < 200000; i++) a = [a]; return a.flat(Infinity).length; })()")]
    [Arguments("(() => { let a = []; for (let i = 0; i < 20000; i++) a = [a]; return String(a); })()")]
    [Arguments("(() => { function* g() { yield* g(); } return [...g()]; })()")]
    [Arguments("(() => { const f = () => Iterator.from([1]).map(f).next(); return f(); })()")]
    [Arguments("(() => { const f = () => { for (const x of [1]) f(); }; return f(); })()")]
    [Arguments("(() => { const f = () => { for (const x of new Set([1])) f(); }; return f(); })()")]
    [Arguments("(() => { const f = () => { for (const x in { a: 1 }) f(); }; return f(); })()")]
    [Arguments("(() => { const f = () => { const [a] = { [Symbol.iterator]: f }; }; return f(); })()")]
    [Arguments("(() => { const f = () => { const [a = f()] = new Set([undefined]); }; return f(); })()")]
    [Arguments("(() => { const f = () => Array.from([1], f); return f(); })()")]
    [Arguments("(() => { const f = () => Array.from({ length: 1 }, f); return f(); })()")]
    [Arguments("(() => { const f = () => [...{ [Symbol.iterator]: f }]; return f(); })()")]
    [Arguments("(() => { const f = () => new Set({ [Symbol.iterator]: f }); return f(); })()")]
    [Arguments("(() => { const f = () => new Map([{ get 0() { return f(); } }]); return f(); })()")]
    [Arguments("(() => { const f = () => new WeakSet({ [Symbol.iterator]: () => ({ next: f }) }); return f(); })()")]
    [Arguments("(() => { const f = () => { try { f(); } catch (e) { throw e; } }; return f(); })()")]
    [Arguments("(() => { const f = () => new Promise(f); return f(); })()")]
    [Arguments("(() => { const f = () => Promise.all({ [Symbol.iterator]: f }); return f(); })()")]
    [Arguments("(() => { const f = async () => { await f(); }; return f(); })()")]
    [Arguments("(() => { const f = () => [1].forEach(f); return f(); })()")]
    [Arguments("(() => { const f = () => [1].reduce(f, 0); return f(); })()")]
    [Arguments("(() => { const f = () => new Map([[1, 1]]).forEach(f); return f(); })()")]
    [Arguments("(() => { const f = () => 'a'.replaceAll('a', f); return f(); })()")]
    [Arguments("(() => { const f = () => 'a'[Symbol.iterator]().map(f).toArray(); return f(); })()")]
    [Arguments("(() => { const f = () => Iterator.from([1]).forEach(f); return f(); })()")]
    [Arguments("(() => { let it = Iterator.from([1]); for (let i = 0; i < 100000; i++) it = it.map(x => x); return it.next().value; })()")]
    [Arguments("(() => { let it = Iterator.from([1]); for (let i = 0; i < 3000; i++) it = it.map(x => { throw Error('x'); }); return it.next().value; })()")]
    [Arguments("(() => { const f = () => eval('f()'); globalThis.f = f; return f(); })()")]
    [Arguments("(() => { const f = x => `${f`x`}`; return f(); })()")]
    [Arguments("(() => { const o = { get [Symbol.toStringTag]() { return String(o); } }; return String(o); })()")]
    [Arguments("(() => { const o = { [Symbol.toPrimitive]: () => o + '' }; return o + ''; })()")]
    [Arguments("(() => { const f = () => harden(new Proxy({}, { preventExtensions: f })); return f(); })()")]
    [Arguments("(() => { const f = () => ({}) instanceof { [Symbol.hasInstance]: f }; return f(); })()")]
    [Arguments("(() => { const f = () => structured(); const structured = () => Object.defineProperty({}, 'x', { get value() { return f(); } }); return f(); })()")]
    [Arguments("(() => { const e = Error('x'); e.toString = () => { throw e; }; const f = () => assert.fail(assert.details`${assert.quote({ toJSON: f })}`); return f(); })()")]
    [Arguments("(() => { const f = () => console.log({ toJSON: f }); return f(); })()")]
    [Arguments("JSON.parse('['.repeat(100000))")]
    [Arguments("eval('('.repeat(100000))")]
    [Arguments("eval('['.repeat(100000) + ']'.repeat(100000))")]
    [Arguments("eval('!'.repeat(100000) + '1')")]
    [Arguments("eval('1' + '+1'.repeat(100000))")]
    [Arguments("eval('a' + '.a'.repeat(100000))")]
    [Arguments("eval('{'.repeat(100000) + '}'.repeat(100000))")]
    [Arguments("Function('return ' + '('.repeat(100000) + ')'.repeat(100000))")]
    [Arguments("new RegExp('('.repeat(100000) + ')'.repeat(100000))")]
    [Arguments("assert.quote((() => { let o = {}; for (let i = 0; i < 200000; i++) o = { o }; return o; })())")]
    [Arguments("(() => { let o = {}; for (let i = 0; i < 200000; i++) o = { o }; return harden(o); })()")]
    public async Task Recursion_is_answered_with_an_error_and_the_vat_lives(string code)
    {
        var (first, then) = VatBench.Run(
            vat =>
            {
                var answer = VatBench.Show(vat, () => vat.Evaluate($"(() => {{ try {{ return 'value ' + typeof ({code}); }} catch (e) {{ return e.name; }} }})()"));
                return (answer, VatBench.Show(vat, () => vat.Evaluate("[1, 2, 3].map(x => x * 2).join()")));
            },
            Small);
        await Assert.That(first is "RangeError" or "SyntaxError" or "Error" || first.StartsWith("value", StringComparison.Ordinal)).IsTrue().Because(first);
        await Assert.That(then).IsEqualTo("2,4,6");
    }

    [Test]
    [Arguments("(() => { const f = () => { try { f(); } finally { f(); } }; return f(); })()")]
    [Arguments("(() => { const f = () => { try { for (const x of [1]) f(); } catch (e) { for (const x of [1]) f(); throw e; } }; return f(); })()")]
    public async Task Recursion_that_begins_anew_where_it_failed_ends_at_the_cpu_limit(string code) =>
        await Assert.That(VatBench.Ending(code, Small with { CpuPerCrank = TimeSpan.FromMilliseconds(300) })).IsEqualTo(VatLimitException.Cpu);

    [Test]
    [Arguments("(() => { let o = 1; for (let i = 0; i < 7000; i++) o = i % 2 ? [o] : { o }; return JSON.stringify(o).length; })()", "28001")]
    [Arguments("(() => { let o = 1; for (let i = 0; i < 7001; i++) o = [o]; try { JSON.stringify(o); } catch (e) { return `${e}`; } })()", "RangeError: Maximum call stack size exceeded")]
    [Arguments("(() => { let o = 1; for (let i = 0; i < 200000; i++) o = [o]; try { JSON.stringify(o); } catch (e) { return JSON.stringify([[1]]); } })()", "[[1]]")]
    public async Task JSON_is_made_of_what_is_nested_seven_thousand_levels_and_no_more(string code, string value) =>
        await Assert.That(VatBench.Value(code, VatLimits.Default with { StackBytes = RoomOfTheJit })).IsEqualTo(value);

    [Test]
    public async Task A_call_depth_of_five_hundred_is_nothing_special() =>
        await Assert.That(VatBench.Value("(function f(n) { return n === 0 ? 'deep' : f(n - 1) + ''; })(500)")).IsEqualTo("deep");

    /// <summary>
    /// What is known of a function is worked out when it is first called, by recursion over what is nested in it: a hundred and twenty functions are first called where the stack
    /// ends, one at each level above.
    /// </summary>
    [Test]
    [Arguments("[", "1", "]", 240)]
    [Arguments("(() => [", "1", "])", 240)]
    [Arguments("(function () { return [", "1", "]; })", 240)]
    [Arguments("{ let a; { let a; ", "", "} }", 80)]
    [Arguments("if (1) ", ";", "", 240)]
    [Arguments("!", "1", "", 240)]
    [Arguments("g(", "1", ")", 240)]
    [Arguments("1 ? 1 : ", "1", "", 240)]
    [Arguments("`${", "1", "}`", 240)]
    [Arguments("class { [", "1", "]() {} }", 80)]
    [Arguments("for (const a of []) try { ", "1", " } finally { let a; }", 80)]
    [Arguments("({ a: ", "1", "})", 80)]
    public async Task A_function_may_be_called_first_where_the_stack_ends(string open, string inmost, string close, int most)
    {
        foreach (int levels in ((int[])[20, 80, 160, 240]).Where(levels => levels <= most))
        {
            string body = $"{(open is "class { [" ? "void " : "")}{string.Concat(Enumerable.Repeat(open, levels))}{inmost}{string.Concat(Enumerable.Repeat(close, levels))}";
            string functions = string.Join(", ", Enumerable.Repeat($"function (x) {{ let y = x; {body} }}", 120));
            string value = VatBench.Value(
                $"(() => {{ let i = 0; const g = x => x, fs = [{functions}]; const f = () => {{ try {{ f(); }} catch {{ }} if (i < fs.length) try {{ fs[i++](1); }} catch {{ }} }}; f(); return i; }})()",
                Small with { StackBytes = 512 << 10 });
            await Assert.That(value).IsEqualTo("120").Because($"{levels} levels of {open}");
        }
    }

    [Test]
    [Arguments("[", "1", "]", "object")]
    [Arguments("!", "1", "", "boolean")]
    [Arguments("g(", "1", ")", "number")]
    [Arguments("1 + ", "1", "", "number")]
    [Arguments("1 ? ", "1", " : 2", "number")]
    [Arguments("`${", "1", "}`", "string")]
    public async Task Code_may_nest_nearly_two_thousand_levels_in_a_function(string open, string inmost, string close, string type)
    {
        string code = string.Concat(Enumerable.Repeat(open, 1900)) + inmost + string.Concat(Enumerable.Repeat(close, 1900));
        await Assert.That(VatBench.Value($"(() => {{ const g = x => x; function deep() {{ return {code}; }} return typeof deep(); }})()")).IsEqualTo(type);
    }

    [Test]
    [Arguments("if (1) ", "; else ", ";")]
    [Arguments("", "1 + ", "1")]
    public async Task What_is_nested_too_deeply_in_a_function_is_refused_before_it_is_called(string open, string repeated, string close)
    {
        string code = $"(() => {{ function never() {{ {string.Concat(Enumerable.Repeat(open + repeated, 2100))}{close} }} return 1; }})()";
        BundleException? refused = await Assert.That(() => VatBench.Value(code)).Throws<BundleException>();
        await Assert.That(refused!.Message).IsEqualTo("The bundle's code does not parse: Script nesting exceeds maximum depth of 2000 levels.");
    }

    /// <summary>Each entry of a deeply nested function is looked at, not one in so many statements: else some tens of them would go far past the limit.</summary>
    [Test]
    [Arguments("[", "]")]
    [Arguments("g(", ")")]
    [Arguments("`${", "}`")]
    public async Task Recursion_of_a_deeply_nested_function_ends_where_the_stack_does(string open, string close)
    {
        string body = string.Concat(Enumerable.Repeat(open, 1900)) + "f()" + string.Concat(Enumerable.Repeat(close, 1900));
        await Assert.That(VatBench.Value($"(() => {{ const g = x => x; function f() {{ return {body}; }} try {{ f(); }} catch (e) {{ return `${{e}}`; }} }})()", Small))
            .IsEqualTo("RangeError: Maximum call stack size exceeded");
    }

    [Test]
    [Arguments("throw Error('x')")]
    [Arguments("null.x")]
    public async Task An_error_has_the_hundred_innermost_calls(string thrown)
    {
        string code = $"(() => {{ const f = n => {{ if (n) return f(n - 1); {thrown}; }}; try {{ f(DEPTH); }} catch (e) {{ const s = e.stack.split('\\n'); return `${{s.length}} ${{s.slice(1).every(l => l.startsWith('    at f '))}}`; }} }})()";
        await Assert.That(VatBench.Value(code.Replace("DEPTH", "150"))).IsEqualTo("101 true");
        await Assert.That(VatBench.Value(code.Replace("DEPTH", "50"))).StartsWith("5").And.EndsWith("false");
    }

    /// <summary>An error of each level took as long as all levels below it.</summary>
    [Test]
    [Arguments("throw Error('x')")]
    [Arguments("null.x")]
    public async Task Errors_of_every_level_of_a_deep_recursion_take_little_time(string thrown)
    {
        string code = $"(() => {{ let d = 0; const f = () => {{ d++; try {{ f(); }} catch (e) {{ {thrown}; }} }}; try {{ f(); }} catch {{ return d > 1000; }} }})()";
        await Assert.That(VatBench.Value(code, Small with { StackBytes = 4 << 20, CpuPerCrank = TimeSpan.FromSeconds(10) })).IsEqualTo("true");
    }

    // Small, because exceptions are slow where the JIT is: what is asked here does not depend on the size.
    // What the JIT has not optimized yet takes up to twice the stack of native code, for which the default is.
    private const int RoomOfTheJit = 8 << 20;

    private static readonly VatLimits Small = VatLimits.Default with { StackBytes = 256 << 10, CpuPerCrank = TimeSpan.FromSeconds(20) };
}
