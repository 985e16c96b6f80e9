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

    /// <summary>What CommonJS exports, in the shape of a namespace object.</summary>
    Interop,

    /// <summary>A property of another binding (<see cref="Binding.Holder"/>), under <see cref="Binding.Name"/>.</summary>
    Member,

    /// <summary>The function that runs a module the first time it is called.</summary>
    Starter,
}

/// <summary>Something that has a name in one module, and what it is called in the bundle.</summary>
internal sealed class Binding(Module module, string name, BindingKind kind)
{
    public Module Module { get; } = module;

    /// <summary>The name in the source, or the one to begin with where the source has none.</summary>
    public string Name { get; } = name;

    public BindingKind Kind { get; } = kind;

    /// <summary>What the function's <c>name</c> must be when it differs from <see cref="Name"/>: <c>default</c> for a nameless default export.</summary>
    public string? OwnName { get; init; }

    /// <summary>For <see cref="BindingKind.Member"/>: whose property it is.</summary>
    public Binding? Holder { get; init; }

    /// <summary>A name under which its module exports it: how others reach it when the module has a scope of its own.</summary>
    public string? ExportedAs { get; set; }

    /// <summary>Its author says that a call of it may be left out when the result is not used.</summary>
    public bool IsPureFunction { get; set; }

    /// <summary>Whether anything in the bundle uses it.</summary>
    public bool IsLive { get; set; }

    /// <summary>Modules that use it under an imported name, with that name.</summary>
    public List<(Module Importer, string Alias)> Importers { get; } = [];

    /// <summary>The name in the bundle; set by <see cref="NameTable"/>.</summary>
    public string FinalName { get; set; } = name;

    /// <summary>The binding whose name stands in the text where this one is used from another module.</summary>
    public Binding Carrier => Kind == BindingKind.Member ? Holder!.Carrier : IsReachedByNamespace ? Module.Namespace : this;

    /// <summary>Other modules can only reach it as a property of its module's namespace object.</summary>
    public bool IsReachedByNamespace => Module.IsWrapped && Kind is not (BindingKind.Namespace or BindingKind.Starter);
}
