using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>Which binding an exported name stands for (ECMA-262, ResolveExport and GetExportedNames).</summary>
internal static class ExportResolver
{
    private static readonly Binding Ambiguous = new(null!, "", BindingKind.Namespace);

    /// <summary>The binding that <paramref name="module"/> exports as <paramref name="name"/>; null when there is none or star exports disagree.</summary>
    public static Binding? Find(Module module, string name, out bool isAmbiguous)
    {
        Binding? found = Find(module, name, []);
        isAmbiguous = ReferenceEquals(found, Ambiguous);
        return isAmbiguous ? null : found;
    }

    /// <summary>What a local name of <paramref name="module"/> that it imported stands for.</summary>
    public static Binding? Follow(Module module, ImportEntry import, out bool isAmbiguous)
    {
        isAmbiguous = false;
        Module from = module.Dependencies[import.Request];
        return import.Name is { } name ? Find(from, name, out isAmbiguous) : from.Namespace;
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

    private static Binding? Find(Module module, string name, HashSet<(Module, string)> seen)
    {
        if (!seen.Add((module, name)))
        {
            return null;
        }
        if (module.Contents.Exports.TryGetValue(name, out ExportEntry export))
        {
            if (!export.IsLocal)
            {
                Module from = module.Dependencies[export.Request];
                return export.Name is { } other ? Find(from, other, seen) : from.Namespace;
            }
            if (module.Contents.Imports.TryGetValue(export.Name!, out ImportEntry import))
            {
                Module from = module.Dependencies[import.Request];
                return import.Name is { } other ? Find(from, other, seen) : from.Namespace;
            }
            return module.Contents.TopLevel[export.Name!];
        }
        if (name is "default")
        {
            return null;
        }
        Binding? star = null;
        foreach (int request in module.Contents.StarExports)
        {
            Binding? found = Find(module.Dependencies[request], name, seen);
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

    private static IEnumerable<string> Names(Module module, HashSet<Module> seen)
    {
        if (!seen.Add(module))
        {
            return [];
        }
        return module.Contents.Exports.Keys
            .Concat(module.Contents.StarExports.SelectMany(r => Names(module.Dependencies[r], seen)).Where(n => n is not "default"))
            .ToArray();
    }
}
