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
    public async Task A_vats_global_behaves_as_a_ses_compartments_does(string table)
    {
        var expected = NpmBundles.Node("oracle.mjs", "cases", table);
        var actual = VatBench.Run(vat =>
        {
            vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
            vat.Seal();
            return CaseTable.Print(vat, (ObjectInstance)vat.EvaluateBundle(table, NpmBundles.Code(table)));
        });
        await Assert.That(actual).IsEqualTo(expected);
    }
}
