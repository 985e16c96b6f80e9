using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

/// <summary>
/// The errors that the language itself throws, hundreds of them: name and message compared, word for word, with those of V8 under the real <c>ses</c> in Node.
/// </summary>
public sealed class ErrorWordsTests
{
    [Test]
    [Arguments("errors-language", 550)]
    [Arguments("errors-builtins", 400)]
    public async Task The_engines_own_errors_say_what_V8_says_and_each_difference_has_its_reason(string table, int least)
    {
        var there = Lines(NpmBundles.Node("oracle.mjs", "tables", table));
        var here = Lines(VatBench.Run(vat => Run(vat, table)));
        await Assert.That(there.Count).IsGreaterThan(least);

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
