namespace Ocap.Bundler.Graph;

/// <summary>The entry module and everything it imports.</summary>
internal sealed class ModuleGraph
{
    private readonly Dictionary<string, Module> _byKey = new(StringComparer.Ordinal);
    private readonly List<Module> _inOrder = [];
    private readonly Resolver _resolver;
    private readonly Warnings _warnings;

    private ModuleGraph(BundleOptions options, Warnings warnings)
    {
        _resolver = new Resolver(options.DisplayDirectory, warnings);
        _warnings = warnings;
    }

    public required Module Entry { get; init; }

    /// <summary>All modules in the order in which JavaScript evaluates them.</summary>
    public IReadOnlyList<Module> InOrder => _inOrder;

    public static ModuleGraph Load(string entryPath, BundleOptions options, Warnings warnings)
    {
        ModuleSource source = SourceReader.ReadEntry(entryPath, options.DisplayDirectory);
        var graph = new ModuleGraph(options, warnings) { Entry = new Module(source) };
        graph._byKey.Add(source.Key, graph.Entry);
        graph.Follow(graph.Entry);
        return graph;
    }

    // Depth first, dependencies before dependents, and a cycle is broken where it closes. A work list, for chains of imports can be long.
    private void Follow(Module entry)
    {
        var open = new Stack<(Module Module, int Next)>();
        Open(entry);
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Module.Dependencies.Length)
            {
                _inOrder.Add(top.Module);
                continue;
            }
            open.Push((top.Module, top.Next + 1));
            ImportRequest request = top.Module.Contents.Requests[top.Next];
            ModuleSource source = _resolver.Resolve(top.Module, request);
            if (!_byKey.TryGetValue(source.Key, out Module? dependency))
            {
                dependency = new Module(source) { ImportedBy = top.Module };
                _byKey.Add(source.Key, dependency);
                Open(dependency);
            }
            top.Module.Dependencies[top.Next] = dependency;
        }

        void Open(Module module)
        {
            ModuleParser.Parse(module, _warnings);
            module.Dependencies = new Module[module.Contents.Requests.Count];
            open.Push((module, 0));
        }
    }
}
