using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Tests.Engine;

public sealed class VatEngineTests
{
    [Test]
    public async Task A_rejection_that_is_handled_before_the_crank_ends_is_not_reported()
    {
        var (handled, unhandled, again) = VatBench.Run(static vat =>
        {
            vat.Evaluate("(() => { const p = Promise.reject(Error('late')); Promise.resolve().then(() => p.catch(() => {})); })()");
            vat.Drain();
            var first = vat.TakeUnhandledRejections().Count;
            vat.Evaluate("(() => { Promise.reject('why'); })()");
            vat.Drain();
            return (first, string.Join(',', vat.TakeUnhandledRejections()), vat.TakeUnhandledRejections().Count);
        });
        await Assert.That(handled).IsEqualTo(0);
        await Assert.That(unhandled).IsEqualTo("why");
        await Assert.That(again).IsEqualTo(0);
    }

    [Test]
    public async Task A_defined_global_is_hardened_by_seal_and_seen_by_the_vat()
    {
        var text = VatBench.Run(static vat =>
        {
            var value = new JsObject(vat.Engine);
            value.Set("inner", new JsObject(vat.Engine));
            vat.DefineGlobal("VatData", value);
            vat.Seal();
            return vat.Evaluate("[Object.isFrozen(VatData), Object.isFrozen(VatData.inner), Object.keys(globalThis).includes('VatData')].join()").ToString();
        });
        await Assert.That(text).IsEqualTo("true,true,false");
    }

    [Test]
    public async Task Code_that_does_not_parse_is_a_bundle_error()
    {
        await Assert.That(() => VatBench.Run(static vat => vat.EvaluateBundle("bad", "var __vatExports__ = (;"))).Throws<BundleException>();
        await Assert.That(() => VatBench.Run(static vat => vat.EvaluateBundle("deep", "var __vatExports__ = " + new string('!', 1_000_000) + "1;"))).Throws<BundleException>();
        await Assert.That(() => VatBench.Run(static vat => vat.EvaluateBundle("long", "var __vatExports__ = 1" + string.Concat(Enumerable.Repeat(" + 1", 1_000_000)) + ";"))).Throws<BundleException>();
    }

    [Test]
    public async Task A_bundle_may_end_with_a_comment_and_use_exports() =>
        await Assert.That(VatBench.Run(static vat => vat.EvaluateBundle("c", "exports.x = 1; var __vatExports__ = exports; // end").Get("x").ToString())).IsEqualTo("1");

    [Test]
    public async Task A_bundle_is_parsed_once_while_somebody_runs_it_or_it_is_new()
    {
        var bundles = new PreparedBundles(1000);
        PreparedBundle run = bundles.Get("a", TimeSpan.FromSeconds(1), Read);
        await Assert.That(ReferenceEquals(bundles.Get("a", TimeSpan.FromSeconds(1), Unread), run)).IsTrue();
        WeakReference<PreparedBundle> old = ParseOthers(bundles, 1), newest = ParseOthers(bundles, 100);
        GC.Collect();
        await Assert.That(ReferenceEquals(bundles.Get("a", TimeSpan.FromSeconds(1), Unread), run)).IsTrue();
        await Assert.That(newest.TryGetTarget(out _)).IsTrue();
        await Assert.That(old.TryGetTarget(out _)).IsFalse();

        static BundleText Read() => BundleText.Of("var __vatExports__ = 1;" + new string(' ', 100));
        static BundleText Unread() => throw new InvalidOperationException("It has been parsed.");

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference<PreparedBundle> ParseOthers(PreparedBundles bundles, int count)
        {
            WeakReference<PreparedBundle>? last = null;
            for (var i = 0; i < count; i++) last = new(bundles.Get($"b{count}.{i}", TimeSpan.FromSeconds(1), Read));
            return last!;
        }
    }

    [Test]
    public async Task What_nothing_refers_to_is_collected_by_CollectGarbage()
    {
        var alive = VatBench.Run(static vat =>
        {
            var made = Make(vat);
            vat.TryCollectGarbage();
            return made.TryGetTarget(out _);
        });
        await Assert.That(alive).IsFalse();

        static WeakReference<ObjectInstance> Make(VatEngine vat) => new((ObjectInstance)vat.Harden(vat.Evaluate("({ a: {} })")));
    }
}
