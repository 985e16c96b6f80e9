using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>Ties every imported name to the binding it stands for, or says which one does not exist; then finds what is needed and names it.</summary>
internal static class Linker
{
    public static LinkedModules Link(ModuleGraph graph)
    {
        WrapRequired(graph);
        var imports = graph.InOrder.ToDictionary(m => m, Imports);
        foreach (Module module in graph.InOrder)
        {
            CheckReexports(module);
        }
        SortedDictionary<string, Binding> entryExports = ExportResolver.All(graph.Entry);
        var linked = new LinkedModules { Modules = graph.InOrder, Entry = graph.Entry, Imports = imports, EntryExports = entryExports };
        new TreeShaker(linked).Shake();
        if (graph.InOrder.FirstOrDefault(m => m is { IsLive: true, Absence: not null }) is { } absent)
        {
            throw absent.ImportedBy!.Error(absent.Absence!.Value.Index, absent.Absence.Value.Reason);
        }
        linked.Names = NameTable.Decide(linked);
        return linked;
    }

    // What CommonJS requires runs when it asks, and so does what that imports.
    private static void WrapRequired(ModuleGraph graph)
    {
        var open = new Stack<Module>();
        foreach (Module module in graph.InOrder.Where(m => m.Kind == ModuleKind.CommonJs))
        {
            Push(module);
        }
        while (open.TryPop(out Module? wrapped))
        {
            Push(wrapped);
        }

        void Push(Module importer)
        {
            foreach (Module? dependency in importer.Dependencies)
            {
                if (dependency is { Kind: ModuleKind.Esm, IsWrapped: false })
                {
                    dependency.IsWrapped = true;
                    open.Push(dependency);
                }
            }
        }
    }

    private static Dictionary<string, Binding> Imports(Module module)
    {
        var bindings = new Dictionary<string, Binding>(StringComparer.Ordinal);
        foreach (var (local, import) in module.Contents.Imports)
        {
            if (ExportResolver.Follow(module, import, out bool isAmbiguous) is { } binding)
            {
                bindings.Add(local, binding);
            }
            else if (!module.IsTypeScript || module.Contents.Mentions.Exists(m => string.Equals(m.Name, local, StringComparison.Ordinal)))
            {
                throw Missing(module, import.Index, import.Request, import.Name!, isAmbiguous);
            }
            // Else it is a type that is imported like a value, and it went with its uses.
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
        var names = ExportResolver.All(module.Dependencies[request]!).Keys;
        string has = names.Count == 0 ? "it exports nothing" : $"it exports {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}";
        return module.Error(index, $"\"{specifier}\" has no export named \"{name}\"; {has}.");
    }
}
