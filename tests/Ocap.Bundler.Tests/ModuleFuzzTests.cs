using System.Globalization;

namespace Ocap.Bundler.Tests;

public class ModuleFuzzTests
{
    private const int Graphs = 80;

    [Test]
    [Arguments(7, "modules")]
    [Arguments(20261123, "modules")]
    [Arguments(8, "packages")]
    [Arguments(20261125, "packages")]
    public async Task Random_module_graphs_run_the_same_from_source_and_from_the_bundle(int seed, string kind)
    {
        using var tree = new SourceTree("--- unused.js\n\n");
        string scripts = Path.Combine(AppContext.BaseDirectory, "fuzz");
        string count = Graphs.ToString(CultureInfo.InvariantCulture);
        await NodeProcess.RunAsync(tree.Root, Path.Combine(scripts, "generate.mjs"), seed.ToString(CultureInfo.InvariantCulture), count, kind);
        for (int n = 0; n < Graphs; n++)
        {
            string directory = Path.Combine(tree.Root, n.ToString(CultureInfo.InvariantCulture));
            foreach (string folder in (string[])[directory, Path.Combine(directory, "wrapped")])
            {
                BundleResult result = Bundle.Build(Path.Combine(folder, "main.js"), new BundleOptions { DisplayDirectory = tree.Root, Minify = n % 2 == 1 });
                await File.WriteAllBytesAsync(folder + ".bundle", result.Bytes);
            }
        }
        await Assert.That((await NodeProcess.RunAsync(tree.Root, Path.Combine(scripts, "compare.mjs"), count)).TrimEnd()).IsEqualTo("compared");
    }
}
