using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>Ties every imported name to the binding it stands for, or says which one does not exist.</summary>
internal static class Linker
{
    public static LinkedModules Link(ModuleGraph graph)
    {
        var imports = graph.InOrder.ToDictionary(m => m, Imports);
        foreach (Module module in graph.InOrder)
        {
            CheckReexports(module);
        }
        SortedDictionary<string, Binding> entryExports = ExportResolver.All(graph.Entry);

        // The members of one namespace object may be further namespace objects.
        var namespaces = new List<(Module, SortedDictionary<string, Binding>)>();
        var done = new HashSet<Module>();
        while (graph.InOrder.FirstOrDefault(m => m.HasNamespace && !done.Contains(m)) is { } module)
        {
            done.Add(module);
            namespaces.Add((module, ExportResolver.All(module)));
        }
        return new LinkedModules
        {
            Modules = graph.InOrder,
            Imports = imports,
            Namespaces = namespaces,
            EntryExports = entryExports,
            Names = NameTable.Decide(graph),
        };
    }

    private static Dictionary<string, Binding> Imports(Module module)
    {
        var bindings = new Dictionary<string, Binding>(StringComparer.Ordinal);
        foreach (var (local, import) in module.Contents.Imports)
        {
            Binding binding = ExportResolver.Follow(module, import, out bool isAmbiguous)
                ?? throw Missing(module, import.Index, import.Request, import.Name!, isAmbiguous);
            binding.Importers.Add((module, local));
            bindings.Add(local, binding);
        }
        return bindings;
    }

    private static void CheckReexports(Module module)
    {
        foreach (var (name, export) in module.Contents.Exports)
        {
            if (!export.IsLocal && ExportResolver.Find(module, name, out bool isAmbiguous) is null)
            {
                throw Missing(module, export.Index, export.Request, export.Name!, isAmbiguous);
            }
        }
    }

    private static BundleException Missing(Module module, int index, int request, string name, bool isAmbiguous)
    {
        string specifier = module.Contents.Requests[request].Specifier;
        if (isAmbiguous)
        {
            return module.Error(index, $"\"{specifier}\" exports \"{name}\" from several modules at once (export *); import it from the one you mean.");
        }
        var names = ExportResolver.All(module.Dependencies[request]).Keys;
        string has = names.Count == 0 ? "it exports nothing" : $"it exports {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}";
        return module.Error(index, $"\"{specifier}\" has no export named \"{name}\"; {has}.");
    }
}
