using Jint.Runtime;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Limits;

public sealed class LimitTests
{
    [Test]
    public async Task The_one_factory_sets_every_limit_of_the_engine()
    {
        var limits = VatLimits.Default;
        var budget = new CrankBudget(limits);
        using var engine = new Jint.Engine(LimitedOptions.For(limits, budget, static _ => { }));
        var options = LimitedOptions.For(limits, budget, static _ => { });
        await Assert.That(options.Constraints.Constraints.Single()).IsEqualTo(budget);
        await Assert.That(options.Constraints.StackOverflowGuard).IsTrue();
        await Assert.That(options.Constraints.MaxArraySize).IsEqualTo(10_000_000u);
        await Assert.That(options.Constraints.RegexTimeout).IsEqualTo(TimeSpan.FromMilliseconds(500));
        await Assert.That(options.Json.MaxParseDepth).IsEqualTo(1000);
        await Assert.That(options.AgentCanSuspend).IsFalse();
        await Assert.That(options.Strict).IsTrue();
        await Assert.That(options.Interop.Enabled).IsFalse();
        await Assert.That(options.Interop.AllowGetType).IsFalse();
        await Assert.That(options.Interop.AllowSystemReflection).IsFalse();
        await Assert.That(options.Modules.RegisterRequire).IsFalse();
        await Assert.That(limits.CpuPerCrank).IsEqualTo(TimeSpan.FromSeconds(5));
        await Assert.That(limits.AllocationPerCrank).IsEqualTo(8L << 30);
        await Assert.That(limits.RetainedPerVat).IsEqualTo(256L << 20);
        await Assert.That(limits.RetainedInAll).IsEqualTo((512L + (64L * Environment.ProcessorCount)) << 20);
        await Assert.That(limits.StatementsPerCrank).IsNull();
        await Assert.That(limits.BufferBytes).IsEqualTo(64 << 20);
        await Assert.That(() => engine.Evaluate("new ShadowRealm().evaluate('1')")).Throws<JavaScriptException>();
    }

    [Test]
    [Arguments("new ArrayBuffer(65 * 1048576)")]
    [Arguments("new ArrayBuffer('100000000')")]
    [Arguments("new ArrayBuffer({ valueOf: () => 1e9 })")]
    [Arguments("(() => { let n = 0; return new ArrayBuffer({ valueOf: () => (n++ ? 1e9 : 1) }).byteLength + ' ' + new ArrayBuffer(1e9); })()")]
    [Arguments("new ArrayBuffer(1, { maxByteLength: 1e9 })")]
    [Arguments("new ArrayBuffer(1, { n: 0, get maxByteLength() { return this.n++ ? 1 : 1e9; } })")]
    [Arguments("new ArrayBuffer(8).transfer(1e9)")]
    [Arguments("new ArrayBuffer(8).transferToFixedLength(1e9)")]
    [Arguments("new ArrayBuffer(8, { maxByteLength: 16 }).resize(1e9)")]
    [Arguments("new Uint8Array(1e9)")]
    [Arguments("new BigInt64Array(9 * 1048576)")]
    [Arguments("new Uint8Array({ length: 1e9 })")]
    [Arguments("new Uint32Array(new Uint8Array(20 * 1048576))")]
    [Arguments("Uint8Array.from({ length: 1e9 })")]
    [Arguments("Reflect.construct(Object.getPrototypeOf(Uint8Array).prototype.constructor.of.call(Uint8Array, 1).constructor, [1e9])")]
    [Arguments("new (class extends Uint8Array {})(1e9)")]
    [Arguments("Reflect.construct(Uint8Array, [1e9], Array)")]
    [Arguments("new Array(20000000).fill(0).length")]
    [Arguments("Array.from({ length: 20000000 }).length")]
    [Arguments("'x'.repeat(2 ** 30)")]
    [Arguments("'x'.padStart(2 ** 30, 'y')")]
    public async Task One_value_that_is_too_large_is_refused_with_an_error(string expression)
    {
        var ending = VatBench.Ending(expression);
        await Assert.That(ending.StartsWith("RangeError", StringComparison.Ordinal) || ending.StartsWith("TypeError", StringComparison.Ordinal) || ending is VatLimitException.Memory)
            .IsTrue().Because(ending);
    }

    [Test]
    [Arguments("new ArrayBuffer(64 * 1048576).byteLength", "67108864")]
    [Arguments("new Float64Array(8 * 1048576).length", "8388608")]
    [Arguments("JSON.stringify(JSON.parse('['.repeat(999) + ']'.repeat(999))).length", "1998")]
    public async Task What_is_just_within_a_limit_works(string expression, string value) => await Assert.That(VatBench.Value(expression)).IsEqualTo(value);

    [Test]
    public async Task Atomics_cannot_make_a_vat_wait() => await Assert.That(VatBench.Value("typeof Atomics + typeof SharedArrayBuffer")).IsEqualTo("undefinedundefined");
}
