namespace Ocap.Bundler.Tests;

public class ModuleSemanticsTests
{
    public static IEnumerable<Func<(string Promise, string Files)>> Cases() => ModuleCases.All.Select(c => (Func<(string, string)>)(() => c));

    [Test]
    [MethodDataSource(nameof(Cases))]
    public async Task A_bundle_prints_what_the_modules_print(string promise, string files)
    {
        using var tree = new SourceTree(files);
        Task<string> expected = NodeProcess.RunAsync(tree.Root, tree.Entry);
        string actual = await BundleRunner.RunAsync(tree, tree.Build());
        await Assert.That(await expected).IsNotEmpty();
        await Assert.That(actual).IsEqualTo(await expected).Because(promise);
    }
}
