using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

internal enum BindingKind
{
    /// <summary><c>var</c>, <c>let</c>, <c>const</c>.</summary>
    Variable,

    /// <summary>A function declaration: usable before its module is evaluated.</summary>
    Function,

    Class,

    /// <summary>The value of <c>export default expression</c>, which has no name of its own.</summary>
    DefaultValue,

    /// <summary>A module's namespace object.</summary>
    Namespace,
}

/// <summary>A top-level name of one module, and what it is called in the bundle.</summary>
internal sealed class Binding(Module module, string name, BindingKind kind)
{
    public Module Module { get; } = module;

    /// <summary>The name in the source, or the one to begin with where the source has none.</summary>
    public string Name { get; } = name;

    public BindingKind Kind { get; } = kind;

    /// <summary>What the function's <c>name</c> must be when it differs from <see cref="Name"/>: <c>default</c> for a nameless default export.</summary>
    public string? OwnName { get; init; }

    /// <summary>Modules that use it under an imported name, with that name.</summary>
    public List<(Module Importer, string Alias)> Importers { get; } = [];

    /// <summary>The name in the bundle; set by <see cref="NameTable"/>.</summary>
    public string FinalName { get; set; } = name;
}
