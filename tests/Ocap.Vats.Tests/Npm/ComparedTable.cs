using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;

namespace Ocap.Vats.Tests.Npm;

/// <summary>
/// A test vat that prints a table, a line for each thing it tries, run here and in a compartment of the real <c>ses</c> in Node and compared. What differs has
/// to be listed with its reason in <c>npm/&lt;table&gt;.differences.txt</c>, and nothing else may be.
/// </summary>
internal static class ComparedTable
{
    internal static async Task Compare(string table, int least, List<string>? console = null)
    {
        var there = Lines(NpmBundles.Node("oracle.mjs", "tables", table));
        var here = Lines(VatBench.Run(vat => Run(vat, table), console: console));
        await Assert.That(there.Count).IsGreaterThanOrEqualTo(least);

        var known = KnownDifferences.Read(Path.Combine(NpmBundles.Folder, $"{table}.differences.txt"));
        var unknown = there.Except(here).Select(static line => "- " + line).Concat(here.Except(there).Select(static line => "+ " + line)).Where(line => !known.Covers(line)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) Assert.Fail("Not listed:\n" + string.Join('\n', unknown));
        if (known.Unused.ToArray() is [_, ..] unused) Assert.Fail("Listed, but no longer so:\n" + string.Join('\n', unused));
    }

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

    private static HashSet<string> Lines(string table) => [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
