using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

public sealed class BundledPackagesTests
{
    [Test]
    [Arguments("endo-packages")]
    [Arguments("endo-documented")]
    public async Task The_real_endo_packages_behave_in_a_vat_as_under_ses_in_node(string cases)
    {
        var there = NpmBundles.Node("oracle.mjs", "cases", cases).Split('\n');
        var here = VatBench.Run(vat =>
        {
            vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
            vat.Seal();
            return CaseTable.Print(vat, (ObjectInstance)vat.EvaluateBundle(cases, NpmBundles.Code(cases)));
        }).Split('\n');
        await Assert.That(here.Length).IsEqualTo(there.Length);
        if (there.Except(here).ToArray() is [_, ..] differences) Assert.Fail($"ses:\n{string.Join('\n', differences)}\nhere:\n{string.Join('\n', here.Except(there))}");
    }
}
