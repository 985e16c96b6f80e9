using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

public sealed class BundledPackagesTests
{
    [Test]
    public async Task The_real_endo_packages_behave_in_a_vat_as_under_ses_in_node()
    {
        var expected = NpmBundles.Node("oracle.mjs", "cases");
        var actual = VatBench.Run(static vat =>
        {
            return CaseTable.Print(vat, (ObjectInstance)vat.EvaluateBundle("endo-packages", NpmBundles.Code("endo-packages")));
        });
        await Assert.That(actual).IsEqualTo(expected);
    }
}
