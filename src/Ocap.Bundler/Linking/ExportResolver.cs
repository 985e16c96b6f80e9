using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>Which binding an exported name stands for (ECMA-262, ResolveExport and GetExportedNames).</summary>
internal static class ExportResolver
{
    private static readonly Binding Ambiguous = new(new Module(new ModuleSource("", null, "", "")), "", BindingKind.Namespace);

    /// <summary>The binding that <paramref name="module"/> exports as <paramref name="name"/>; null when there is none or star exports disagree.</summary>
    public static Binding? Find(Module module, string name, out bool isAmbiguous)
    {
        if (!module.FoundExports.TryGetValue(name, out Binding? found))
        {
            found = Find(module, name, []);
            module.FoundExports.Add(name, found);
        }
        isAmbiguous = ReferenceEquals(found, Ambiguous);
        return isAmbiguous ? null : found;
    }

    /// <summary>What a local name of <paramref name="module"/> that it imported stands for.</summary>
    public static Binding? Follow(Module module, ImportEntry import, out bool isAmbiguous)
    {
        isAmbiguous = false;
        Module from = module.Dependencies[import.Request]!;
        return import.Name is { } name && from.Kind != ModuleKind.CommonJs ? Find(from, name, out isAmbiguous) : Of(module, from, import.Name, []);
    }

    /// <summary>Everything <paramref name="module"/> exports unambiguously, sorted as namespace objects list it.</summary>
    public static SortedDictionary<string, Binding> All(Module module)
    {
        var all = new SortedDictionary<string, Binding>(StringComparer.Ordinal);
        foreach (string name in Names(module, []))
        {
            if (Find(module, name, out _) is { } binding)
            {
                all[name] = binding;
            }
        }
        return all;
    }

    /// <summary>The CommonJS modules whose exports, known only when they ran, <paramref name="module"/> exports too.</summary>
    public static IReadOnlyList<Binding> Unknown(Module module)
    {
        var found = new List<Binding>();
        Collect(module, []);
        return found;

        void Collect(Module at, HashSet<Module> seen)
        {
            foreach (Module from in seen.Add(at) ? at.Contents.StarExports.Select(r => at.Dependencies[r]!) : [])
            {
                if (from.Kind == ModuleKind.CommonJs)
                {
                    found.Add(from.Interop.Namespace(at.IsEsm == true));
                }
                else
                {
                    Collect(from, seen);
                }
            }
        }
    }

    private static Binding? Of(Module importer, Module from, string? name, HashSet<(Module, string)> seen)
    {
        if (from.Kind != ModuleKind.CommonJs)
        {
            return name is null ? from.Namespace : Find(from, name, seen);
        }
        bool isNodeWay = importer.IsEsm == true;
        return name is null ? from.Interop.Namespace(isNodeWay) : from.Interop.Member(isNodeWay, name);
    }

    private static Binding? Find(Module module, string name, HashSet<(Module, string)> seen)
    {
        if (!seen.Add((module, name)))
        {
            return null;
        }
        if (module.Kind == ModuleKind.Json && module.FoundExports.TryGetValue(name, out Binding? key))
        {
            return key;
        }
        ModuleContents contents = module.Contents;
        if (contents.Exports.TryGetValue(name, out ExportEntry export))
        {
            if (!export.IsLocal)
            {
                return Of(module, module.Dependencies[export.Request]!, export.Name, seen);
            }
            if (contents.Imports.TryGetValue(export.Name!, out ImportEntry import))
            {
                return Of(module, module.Dependencies[import.Request]!, import.Name, seen);
            }
            Binding own = contents.TopLevel[export.Name!];
            own.ExportedAs ??= name;
            return own;
        }
        return name is "default" ? null : FindStar(module, name, seen) ?? FindUnknown(module, name);
    }

    private static Binding? FindStar(Module module, string name, HashSet<(Module, string)> seen)
    {
        Binding? star = null;
        foreach (int request in module.Contents.StarExports)
        {
            Module from = module.Dependencies[request]!;
            Binding? found = from.Kind == ModuleKind.CommonJs ? null : Find(from, name, seen);
            if (found is null)
            {
                continue;
            }
            if (star is not null && !ReferenceEquals(star, found))
            {
                return Ambiguous;
            }
            star = found;
            if (ReferenceEquals(star, Ambiguous))
            {
                return Ambiguous;
            }
        }
        return star;
    }

    // A name that no ES module exports may be one of CommonJS's.
    private static Binding? FindUnknown(Module module, string name)
    {
        Module[] unknown = [.. module.Contents.StarExports.Select(r => module.Dependencies[r]!).Where(m => m.Kind == ModuleKind.CommonJs)];
        return unknown.Length switch
        {
            0 => null,
            1 => unknown[0].Interop.Member(module.IsEsm == true, name),
            _ => module.NamespaceMember(name),
        };
    }

    private static IEnumerable<string> Names(Module module, HashSet<Module> seen)
    {
        if (!seen.Add(module))
        {
            return [];
        }
        return module.Contents.Exports.Keys
            .Concat(module.Contents.StarExports.SelectMany(r => Names(module.Dependencies[r]!, seen)).Where(n => n is not "default"))
            .ToArray();
    }
}
