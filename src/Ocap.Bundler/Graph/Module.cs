using Ocap.Bundler.Linking;
using Ocap.Bundler.Scopes;

namespace Ocap.Bundler.Graph;

/// <summary>One source of a bundle: where it came from, what its text says, and what it is linked to.</summary>
internal sealed class Module(ModuleSource source)
{
    private Binding? _namespace;

    /// <summary>Full path; null for a built-in module.</summary>
    public string? File => source.File;

    public string DisplayName => source.DisplayName;

    public string Text => source.Text;

    /// <summary>Stem of the names made up for this module's nameless things, an identifier.</summary>
    public string BaseName => source.BaseName;

    public bool IsJson => source.IsJson;

    /// <summary>What the text says; set once, when it is parsed.</summary>
    public ModuleContents Contents { get; set; } = ModuleContents.Empty;

    /// <summary>The modules that <see cref="ModuleContents.Requests"/> stand for, index by index.</summary>
    public Module[] Dependencies { get; set; } = [];

    /// <summary>Who asked for this module first; null for the entry.</summary>
    public Module? ImportedBy { get; init; }

    /// <summary>The module's namespace object, made when something asks for it.</summary>
    public Binding Namespace => _namespace ??= new Binding(this, BaseName + "_ns", BindingKind.Namespace);

    /// <summary>Whether anything asked for the namespace object.</summary>
    public bool HasNamespace => _namespace is not null;

    /// <summary>An error at a place of this module's text.</summary>
    public BundleException Error(int? index, string reason)
    {
        var chain = new List<string>();
        for (Module? importer = ImportedBy; importer is not null; importer = importer.ImportedBy)
        {
            chain.Add(importer.DisplayName);
        }
        return new BundleException(DisplayName, index is { } i ? SourcePosition.At(Text, i) : null, reason, chain);
    }

    /// <summary>A warning's text, with its place.</summary>
    public string Note(int index, string sentence)
    {
        SourcePosition at = SourcePosition.At(Text, index);
        return $"{DisplayName}:{at.Line}:{at.Column}: {sentence}";
    }
}
