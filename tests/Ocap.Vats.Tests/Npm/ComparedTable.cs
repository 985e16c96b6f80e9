using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;

namespace Ocap.Vats.Tests.Npm;

/// <summary>A table (<see cref="TableLines"/>) that a vat prints here.</summary>
internal static class ComparedTable
{
    internal static Task Compare(string table, int least, List<string>? console = null) => TableLines.Compare(table, VatBench.Run(vat => Run(vat, table), console: console), least);

    private static string Run(VatEngine vat, string table)
    {
        vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
        vat.Seal();
        var exports = (ObjectInstance)vat.EvaluateBundle(table, NpmBundles.Code(table));
        var outcome = (ObjectInstance)vat.Evaluate("(tables => { const outcome = {}; tables().then(text => { outcome.text = text; }, e => { outcome.text = `not run: ${e.message}`; }); return outcome; })")
            .Call(JsValue.Undefined, [exports.Get("tables")]);
        vat.Drain();
        return outcome.Get("text").ToString();
    }
}
