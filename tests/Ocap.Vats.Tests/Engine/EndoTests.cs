using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Limits;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

/// <summary>
/// The tests that the @endo packages' authors wrote, run in a vat and under SES in Node and compared, test by test. Their npm packages carry none: this runs
/// only when it is asked for by name, with a checkout of endo in <c>OCAP_ENDO</c>.
/// </summary>
public sealed class EndoTests
{
    [Test]
    [Explicit]
    public async Task The_endo_packages_own_tests_come_out_as_under_ses_in_node()
    {
        var checkout = Environment.GetEnvironmentVariable("OCAP_ENDO") ?? throw new InvalidOperationException("Set OCAP_ENDO to a checkout of endo.");
        var folder = Directory.CreateTempSubdirectory("ocap-endo-").FullName;
        try
        {
            NpmBundles.Node("endo/bundle.mjs", checkout, folder);
            List<string> there = [], here = [];
            foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            {
                there.AddRange(Lines(file, NpmBundles.Node("endo/run.mjs", file)));
                here.AddRange(Lines(file, Run(file)));
            }
            Console.WriteLine($"{there.Count(IsOk)} tests pass under ses, {here.Count(IsOk)} here");
            await Assert.That(there.Count(IsOk)).IsGreaterThan(500);

            var known = KnownDifferences.Read(Path.Combine(NpmBundles.Folder, "endo.differences.txt"));
            var unknown = there.Except(here).Select(static line => "- " + line).Concat(here.Except(there).Select(static line => "+ " + line)).Where(line => !known.Covers(line)).ToArray();
            if (unknown.Length > 0) Assert.Fail("Not listed:\n" + string.Join('\n', unknown));
            if (known.Unused.ToArray() is [_, ..] unused) Assert.Fail("Listed, but no longer so:\n" + string.Join('\n', unused));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOk(string line) => line.EndsWith(": ok", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string file, string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"{Path.GetFileNameWithoutExtension(file)}/{line}");

    private static string Run(string file) => VatBench.Run(
        vat =>
        {
            vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
            vat.Seal();
            try
            {
                var exports = (ObjectInstance)vat.EvaluateBundle(file, File.ReadAllText(file));
                var outcome = (ObjectInstance)vat.Evaluate("(run => { const outcome = {}; run().then(text => { outcome.text = text; }, e => { outcome.text = `not run: ${e.message}`; }); return outcome; })")
                    .Call(JsValue.Undefined, [exports.Get("run")]);
                vat.Drain();
                return outcome.Get("text").ToString();
            }
            catch (Jint.Runtime.JavaScriptException thrown)
            {
                return $"not run: {thrown.Message}";
            }
        },
        VatLimits.Default with { CpuPerCrank = TimeSpan.FromSeconds(50) });
}
