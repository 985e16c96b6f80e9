using System.Collections.Concurrent;
using System.Text.Json;
using Ocap.Bundler.Tests.Npm;

namespace Ocap.Bundler.Tests;

public class InteropTests
{
    // Where esbuild is no authority on ES modules: it refuses the first, gives undefined for what is not there yet, and leaves out "use strict".
    private static readonly string[] UnlikeNode =
    [
        "named, default and namespace imports", "cycles: functions are there, let is not, var is undefined", "imported names in every place a name can stand",
    ];

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Ours = new(StringComparer.Ordinal);
    private static readonly Lazy<Task<Dictionary<string, string>>> Esbuilds = new(RunEsbuild);

    public static IEnumerable<Func<(string Promise, string Files)>> OfNode() =>
        from c in InteropCases.All where c.Authority.HasFlag(Authority.Node) select (Func<(string, string)>)(() => (c.Promise, c.Files));

    public static IEnumerable<Func<(string Promise, string Files)>> OfEsbuild() => from c in EsbuildCases() select (Func<(string, string)>)(() => c);

    [Test]
    [MethodDataSource(nameof(OfNode))]
    public async Task A_bundle_prints_what_node_prints(string promise, string files)
    {
        using var tree = new SourceTree(files);
        string expected = await NodeProcess.RunAsync(tree.Root, tree.Entry);
        await Assert.That(expected).IsNotEmpty();
        await Assert.That(await Our(files)).IsEqualTo(expected).Because(promise);
    }

    [Test]
    [MethodDataSource(nameof(OfEsbuild))]
    public async Task A_bundle_prints_what_the_bundle_of_esbuild_prints(string promise, string files)
    {
        string expected = (await Esbuilds.Value)[promise];
        await Assert.That(expected).IsNotEmpty();
        await Assert.That(await Our(files)).IsEqualTo(expected).Because(promise);
    }

    [Test]
    [Arguments("CommonJS", "--- main.cjs\nexports.buildRootObject = () => require('./root.cjs');\n--- root.cjs\nmodule.exports = 'root';\n")]
    [Arguments("required by what it imports", "--- main.js\nimport lib from './lib.cjs';\nexport const buildRootObject = () => lib.root();\n--- lib.cjs\nexports.root = () => require('./root.js').get();\n--- root.js\nimport { buildRootObject } from './main.js';\nexport const get = () => typeof buildRootObject === 'function' && 'root';\n")]
    [Arguments("exporting what CommonJS exports", "--- main.js\nexport * from './lib.cjs';\n--- lib.cjs\nexports.buildRootObject = () => 'root';\n")]
    public async Task A_vat_can_be(string promise, string files)
    {
        using var tree = new SourceTree(files);
        BundleResult result = tree.Build();
        await Assert.That(result.Warnings).IsEmpty();
        await Assert.That(await BundleRunner.RunAsync(tree, result, then: "console.log(vat.buildRootObject());")).IsEqualTo("root\n").Because(promise);
    }

    private static IEnumerable<(string Promise, string Files)> EsbuildCases() =>
        InteropCases.All.Where(c => c.Authority.HasFlag(Authority.Esbuild)).Select(c => (c.Promise, c.Files)).Concat(ModuleCases.All.Where(c => !UnlikeNode.Contains(c.Promise)));

    private static Task<string> Our(string files) => Ours.GetOrAdd(files, text => new(() => Run(text))).Value;

    private static async Task<string> Run(string files)
    {
        using var tree = new SourceTree(files);
        return await BundleRunner.RunAsync(tree, tree.Build());
    }

    private static async Task<Dictionary<string, string>> RunEsbuild()
    {
        (string Promise, SourceTree Tree)[] cases = [.. from c in EsbuildCases() select (c.Promise, new SourceTree(c.Files))];
        try
        {
            string printed = await NpmVats.NodeAsync("esbuild.mjs", [.. cases.Select(c => c.Tree.Entry)]);
            Dictionary<string, string> byEntry = JsonSerializer.Deserialize<Dictionary<string, string>>(printed)!;
            return cases.ToDictionary(c => c.Promise, c => byEntry[c.Tree.Entry], StringComparer.Ordinal);
        }
        finally
        {
            Array.ForEach(cases, c => c.Tree.Dispose());
        }
    }
}
