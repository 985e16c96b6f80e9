using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Output;
using Ocap.Bundler.Places;

namespace Ocap.Bundler;

/// <summary>Turns an ES module and what it imports into one <c>.bundle</c> that a vat can load.</summary>
public static class Bundle
{
    private const string RootMaker = "buildRootObject";

    /// <summary>Bundles the module at <paramref name="entryPath"/>. The same sources give the same bytes, wherever they lie.</summary>
    /// <exception cref="BundleException">A source cannot be read, parsed or linked; the message shows where and why.</exception>
    public static BundleResult Build(string entryPath, BundleOptions options)
    {
        var warnings = new Warnings();
        ModuleGraph graph = ModuleGraph.Load(Path.GetFullPath(entryPath), options, warnings);
        LinkedModules linked = Linker.Link(graph);
        foreach (string warning in graph.InOrder.Where(m => m.IsLive).SelectMany(m => m.Contents.Warnings))
        {
            warnings.Add(warning);
        }
        if (string.IsNullOrWhiteSpace(graph.Entry.Text))
        {
            warnings.Add($"{graph.Entry.DisplayName}: is empty; a vat cannot start from this bundle.");
        }
        else if (!MayExportRoot(graph, linked))
        {
            warnings.Add($"{graph.Entry.DisplayName}: exports no buildRootObject; a vat cannot start from this bundle.");
        }
        BundleCode code = BundleWriter.Write(linked);
        if (options.Minify)
        {
            code = WhiteSpace.Remove(code);
        }
        string places = PlaceMap.Encode(code, Path.GetDirectoryName(graph.Entry.File)!, withColumns: !options.Minify);
        return new BundleResult
        {
            Bytes = BundleJson.Format(code.Text, linked.EntryExports.Keys, places),
            ModuleCount = graph.InOrder.Count(m => m.IsLive),
            Warnings = warnings.All,
            Inputs = [.. graph.InOrder.Where(m => m.File is not null).Select(m => m.File!)],
        };
    }

    /// <summary>What CommonJS exports shows when it runs: there, no module may so much as name it.</summary>
    private static bool MayExportRoot(ModuleGraph graph, LinkedModules linked) => graph.Entry.Kind == ModuleKind.Esm
        ? linked.EntryExports.ContainsKey(RootMaker) || ExportResolver.Unknown(graph.Entry).Count > 0
        : graph.InOrder.Any(static module => module.Text.Contains(RootMaker, StringComparison.Ordinal));
}
