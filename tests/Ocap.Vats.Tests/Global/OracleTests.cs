using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Engine;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

/// <summary>What a vat's global does, compared with a compartment of the real <c>ses</c> in Node, case by case.</summary>
public sealed class OracleTests
{
    [Test]
    [Arguments("global-table")]
    [Arguments("compartments")]
    [Arguments("text")]
    [Arguments("escapes")]
    public async Task A_vats_global_behaves_as_a_ses_compartments_does(string table)
    {
        var expected = NpmBundles.Node("oracle.mjs", "cases", table);
        var actual = VatBench.Run(vat =>
        {
            vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
            vat.Seal();
            return CaseTable.Print(vat, (ObjectInstance)vat.EvaluateBundle(table, NpmBundles.Code(table)));
        });
        string[] there = expected.Split('\n'), here = actual.Split('\n');
        await Assert.That(here.Length).IsEqualTo(there.Length);
        if (there.Zip(here).Where(static pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).ToArray() is [_, ..] differences)
            Assert.Fail(string.Join('\n', differences.Select(static pair => $"ses:  {pair.First}\nhere: {pair.Second}")));
    }
}
