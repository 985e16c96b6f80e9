using System.Globalization;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Linking;

/// <summary>
/// Gives each top-level name of each module a name of its own in the one scope they share. A name keeps its spelling unless another module, a global in use,
/// or an inner scope through which it would be used is in its way.
/// </summary>
internal sealed class NameTable
{
    // What the bundle's own code uses, and what strict code may not declare.
    private static readonly string[] Reserved =
    [
        "Object", "Symbol", "Promise", "TypeError", "Error", "WeakMap", "JSON", "globalThis", "undefined", "NaN", "Infinity", "arguments", "eval", "exports",
        "module", "require", "__vatExports__",
        "await", "yield", "let", "static", "implements", "interface", "package", "private", "protected", "public", "enum",
    ];

    private readonly HashSet<string> _taken = new(Reserved, StringComparer.Ordinal);
    private readonly HashSet<string> _inner = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastNumbers = new(StringComparer.Ordinal);

    private NameTable()
    {
    }

    public static NameTable Decide(LinkedModules linked)
    {
        var table = new NameTable();
        foreach (Module module in linked.Modules.Where(m => m.IsLive))
        {
            table._taken.UnionWith(module.Contents.Globals);
            table._inner.UnionWith(module.Contents.InnerNames);
            if (!module.IsHoisted)
            {
                table._inner.UnionWith(module.Contents.TopLevel.Keys);
            }
        }
        // The entry's names first: they are the ones an author will look for.
        table.NameAll(linked.Entry);
        foreach (Module module in linked.Modules.Where(m => m.IsLive && !ReferenceEquals(m, linked.Entry)))
        {
            table.NameAll(module);
        }
        return table;
    }

    /// <summary>A name for the bundle's own use that means nothing else anywhere in it.</summary>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 1; _taken.Contains(name) || _inner.Contains(name); i++)
        {
            name = Numbered(stem, i);
        }
        _taken.Add(name);
        return name;
    }

    private void NameAll(Module module)
    {
        foreach (Binding binding in module.Contents.TopLevel.Values)
        {
            // In a scope of its own, what has a name keeps it.
            if (module.IsHoisted ? binding.IsLive : binding.OwnName is "default")
            {
                Name(binding);
            }
        }
        if (module.HasNamespace)
        {
            Name(module.Namespace);
        }
        if (!module.IsHoisted)
        {
            Name(module.Starter);
            foreach (var (binding, _) in module.Interop.Namespaces.Where(n => n.Binding.IsLive))
            {
                Name(binding);
            }
        }
    }

    private void Name(Binding binding)
    {
        string name = binding.Name;
        int i = _lastNumbers.GetValueOrDefault(name);
        while (!Fits(binding, name))
        {
            name = Numbered(binding.Name, ++i);
        }
        if (i > 0)
        {
            _lastNumbers[binding.Name] = i;
        }
        _taken.Add(name);
        binding.FinalName = name;
    }

    private bool Fits(Binding binding, string name)
    {
        if (_taken.Contains(name) || SesPatterns.LooksLikeCall(name))
        {
            return false;
        }
        // Within its own module the source's scopes are right for the source's name, and only for that.
        bool isOwnSpelling = binding.Kind is BindingKind.Variable or BindingKind.Function or BindingKind.Class && binding.OwnName is null && string.Equals(name, binding.Name, StringComparison.Ordinal);
        return (isOwnSpelling || !binding.Module.Hides(name))
            && binding.Importers.TrueForAll(use => string.Equals(use.Alias, name, StringComparison.Ordinal) || !use.Importer.Hides(name));
    }

    private static string Numbered(string stem, int i) => string.Create(CultureInfo.InvariantCulture, $"{stem}${i}");
}
