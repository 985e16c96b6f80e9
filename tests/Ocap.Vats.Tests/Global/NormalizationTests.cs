using System.Runtime.CompilerServices;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

public sealed class NormalizationTests
{
    [Test]
    public async Task The_data_is_what_the_lock_files_node_knows_of_unicode()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/Ocap.Vats/Global/Unicode"));
        var generated = NpmBundles.Node(Path.Combine(folder, "generate.mjs"));
        await Assert.That(string.Equals(generated, await File.ReadAllTextAsync(Path.Combine(folder, "normalization.txt")), StringComparison.Ordinal)).IsTrue();
    }

    [Test]
    [Arguments("'\\ufdfa'.repeat(1 << 24).normalize('NFKD').length")]
    [Arguments("(() => { let s = '\\ufdfa'; for (;;) s = s.normalize('NFKD').replaceAll(' ', '\\ufdfa'); })()")]
    [Arguments("('a' + '\\u0301\\u0323'.repeat(1 << 24)).normalize().length")]
    public async Task Normalizing_what_grows_without_end_ends_within_the_budget(string expression)
    {
        var ending = "";
        var took = VatBench.Time(() => ending = VatBench.Ending(expression, VatLimits.Default with { AllocationPerCrank = 64 << 20, CpuPerCrank = TimeSpan.FromSeconds(1) }));
        await Assert.That(ending is VatLimitException.Allocation or VatLimitException.Cpu).IsTrue().Because(ending);
        await Assert.That(took).IsLessThan(TimeSpan.FromSeconds(10));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
