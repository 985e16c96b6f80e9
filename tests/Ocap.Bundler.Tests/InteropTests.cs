using Ocap.Bundler.Tests.Npm;

namespace Ocap.Bundler.Tests;

public class InteropTests
{
    private static IEnumerable<Func<(string Promise, string Files)>> Of(Authority authority) =>
        InteropCases.All.Where(c => c.Authority.HasFlag(authority)).Select(c => (Func<(string, string)>)(() => (c.Promise, c.Files)));

    public static IEnumerable<Func<(string Promise, string Files)>> OfNode() => Of(Authority.Node);

    public static IEnumerable<Func<(string Promise, string Files)>> OfEsbuild() => Of(Authority.Esbuild);

    [Test]
    [MethodDataSource(nameof(OfNode))]
    public async Task A_bundle_prints_what_node_prints(string promise, string files)
    {
        using var tree = new SourceTree(files);
        Task<string> expected = NodeProcess.RunAsync(tree.Root, tree.Entry);
        string actual = await BundleRunner.RunAsync(tree, tree.Build());
        await Assert.That(await expected).IsNotEmpty();
        await Assert.That(actual).IsEqualTo(await expected).Because(promise);
    }

    [Test]
    [MethodDataSource(nameof(OfEsbuild))]
    public async Task A_bundle_prints_what_the_bundle_of_esbuild_prints(string promise, string files)
    {
        using var tree = new SourceTree(files);
        Task<string> expected = OfEsbuild(tree);
        string actual = await BundleRunner.RunAsync(tree, tree.Build());
        await Assert.That(await expected).IsNotEmpty();
        await Assert.That(actual).IsEqualTo(await expected).Because(promise);
    }

    private static async Task<string> OfEsbuild(SourceTree tree)
    {
        string script = Path.Combine(tree.Root, "__esbuild.cjs");
        await File.WriteAllTextAsync(script, await NpmVats.NodeAsync("esbuild.mjs", tree.Entry));
        return await NodeProcess.RunAsync(tree.Root, script);
    }
}
