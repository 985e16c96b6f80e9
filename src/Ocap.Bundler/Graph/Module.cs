using Ocap.Bundler.Linking;
using Ocap.Bundler.TypeScript;

namespace Ocap.Bundler.Graph;

internal enum ModuleKind
{
    Esm,

    /// <summary>Its statements run inside a function, when something requires or imports it first.</summary>
    CommonJs,

    Json,
}

/// <summary>One source of a bundle: where it came from, what its text says, and what it is linked to.</summary>
internal sealed class Module(ModuleSource source)
{
    private Binding? _namespace;

    /// <summary>Full path; null for a module that is no file.</summary>
    public string? File => source.File;

    public string DisplayName => source.DisplayName;

    /// <summary>The JavaScript in it.</summary>
    public string Text { get; private set; } = source.Text;

    public bool IsTypeScript => source.IsTypeScript;

    /// <summary>Stem of the names made up for this module's nameless things, an identifier.</summary>
    public string BaseName => source.BaseName;

    /// <summary>What is known of the kind before the text is; see <see cref="ModuleSource.IsEsm"/>.</summary>
    public bool? IsEsm => source.IsEsm;

    /// <summary>See <see cref="ModuleSource.HasSideEffects"/>.</summary>
    public bool HasSideEffects => source.HasSideEffects;

    public ModuleKind Kind { get; set; } = source.IsJson ? ModuleKind.Json : ModuleKind.Esm;

    /// <summary>An ES module that something requires: it runs when it is first asked for, so that it cannot share the bundle's one scope.</summary>
    public bool IsWrapped { get; set; }

    /// <summary>Its statements are part of the bundle's one scope.</summary>
    public bool IsHoisted => Kind == ModuleKind.Json || (Kind == ModuleKind.Esm && !IsWrapped);

    /// <summary>What the text says; set once, when it is parsed.</summary>
    public ModuleContents Contents { get; set; } = ModuleContents.Empty;

    /// <summary>The modules that <see cref="ModuleContents.Requests"/> stand for, index by index; null where there is none, which fails when it is required.</summary>
    public Module?[] Dependencies { get; set; } = [];

    /// <summary>Set where there is no such module: where its importer asks for it, and why there is none.</summary>
    public (int Index, string Reason)? Absence { get; init; }

    /// <summary>Who asked for this module first; null for the entry.</summary>
    public Module? ImportedBy { get; init; }

    /// <summary>Whether it is evaluated at all.</summary>
    public bool IsLive { get; set; }

    /// <summary>What exported names stand for, as far as anyone asked.</summary>
    public Dictionary<string, Binding?> FoundExports { get; } = new(StringComparer.Ordinal);

    /// <summary>The module's namespace object, made when something asks for it.</summary>
    public Binding Namespace => _namespace ??= new Binding(this, BaseName + "_ns", BindingKind.Namespace);

    /// <summary>Whether the namespace object is part of the bundle.</summary>
    public bool HasNamespace => _namespace is { IsLive: true };

    /// <summary>What CommonJS's exports look like to ES modules, which Node and other bundlers see differently; made when something asks for it.</summary>
    public Interop Interop => field ??= new Interop(this);

    /// <summary>The function that runs a module that is not part of the bundle's one scope.</summary>
    public Binding Starter => field ??= new Binding(this, (Kind == ModuleKind.CommonJs ? "require_" : "init_") + BaseName, BindingKind.Starter);

    /// <summary>A property of the namespace object of which is not known whether it exists.</summary>
    public Binding NamespaceMember(string name) => new(this, name, BindingKind.Member) { Holder = Namespace };

    /// <summary>Whether somewhere in this module <paramref name="name"/> means something of its own.</summary>
    public bool Hides(string name) => Contents.InnerNames.Contains(name) || (!IsHoisted && Contents.TopLevel.ContainsKey(name));

    /// <summary>Makes JavaScript of TypeScript. Places stay what they are.</summary>
    public void EraseTypes()
    {
        try
        {
            Text = TypeEraser.Erase(source.Text);
        }
        catch (TypeScriptException e)
        {
            throw Error(e.Index, e.Message);
        }
    }

    /// <summary>An error at a place of this module's text.</summary>
    public BundleException Error(int? index, string reason)
    {
        var chain = new List<string>();
        for (Module? importer = ImportedBy; importer is not null; importer = importer.ImportedBy)
        {
            chain.Add(importer.DisplayName);
        }
        return new BundleException(DisplayName, index is { } i ? SourcePosition.At(source.Text, i) : null, reason, chain);
    }

    /// <summary>A warning's text, with its place.</summary>
    public string Note(int index, string sentence)
    {
        SourcePosition at = SourcePosition.At(source.Text, index);
        return $"{DisplayName}:{at.Line}:{at.Column}: {sentence}";
    }
}
