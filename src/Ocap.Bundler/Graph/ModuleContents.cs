using Acornima.Ast;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Output;
using Ocap.Bundler.Scopes;

namespace Ocap.Bundler.Graph;

/// <summary>What parsing a module found: its links to others, its names, and the edits its text needs whatever the rest of the bundle looks like.</summary>
internal sealed class ModuleContents
{
    public static readonly ModuleContents Empty = new();

    /// <summary>Specifiers in the order in which they must be evaluated.</summary>
    public List<ImportRequest> Requests { get; } = [];

    /// <summary>Imported names by local name.</summary>
    public Dictionary<string, ImportEntry> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Exported names other than those of <see cref="StarExports"/>.</summary>
    public Dictionary<string, ExportEntry> Exports { get; } = new(StringComparer.Ordinal);

    /// <summary>Indexes of the requests of <c>export * from</c>.</summary>
    public List<int> StarExports { get; } = [];

    /// <summary>What the module declares at its top level, in order.</summary>
    public OrderedDictionary<string, Binding> TopLevel { get; } = new(StringComparer.Ordinal);

    /// <summary>The statements of an ES module, other than imports and exports of what is declared elsewhere.</summary>
    public List<TopStatement> Statements { get; } = [];

    /// <summary>Every mention of a name that belongs to the top level, declarations included, in the order of the statements.</summary>
    public List<Mention> Mentions { get; } = [];

    /// <summary>Anonymous functions and classes that take their name from a top-level name.</summary>
    public List<NamedValue> NamedValues { get; } = [];

    /// <summary>Names declared in inner scopes: a name used here from outside must be none of these.</summary>
    public HashSet<string> InnerNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that nothing in the module declares: the globals it uses.</summary>
    public HashSet<string> Globals { get; } = new(StringComparer.Ordinal);

    /// <summary>Places of <c>import(…)</c>; those with a literal resolve to an empty object, the others reject.</summary>
    public List<DynamicImport> DynamicImports { get; } = [];

    /// <summary>Calls of CommonJS's <c>require</c> with a literal.</summary>
    public List<RequireCall> RequireCalls { get; } = [];

    /// <summary>Mentions of <c>require</c> that are no such calls, at [Start, End).</summary>
    public List<(int Start, int End, bool IsShorthand)> OtherRequires { get; } = [];

    /// <summary>The <c>export default</c> statement, if any.</summary>
    public DefaultExport? Default { get; set; }

    /// <summary>Top-level class declarations: renaming one needs more than another identifier.</summary>
    public List<ClassSite> Classes { get; } = [];

    /// <summary>What authors say of calls, by which statements can be left out.</summary>
    public CallAnnotations Annotations { get; set; } = new();

    /// <summary>Where JavaScript would insert a semicolon. They are written out, so that no line end carries meaning.</summary>
    public HashSet<int> InsertedSemicolons { get; } = [];

    /// <summary>What a person should know of it, if it becomes part of the bundle.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Edits that do not depend on linking.</summary>
    public List<Edit> Edits { get; } = [];
}

/// <summary>One specifier and where it stands.</summary>
internal readonly record struct ImportRequest(string Specifier, int Index)
{
    /// <summary>It is CommonJS that asks, with <c>require</c>.</summary>
    public bool IsRequire { get; init; }

    /// <summary>The module can do without: it asks inside <c>try</c>.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A local name for something of another module; <see cref="Name"/> null means its namespace.</summary>
internal readonly record struct ImportEntry(int Request, string? Name, int Index);

/// <summary>An export: of a local name, or (request not negative) of another module's name, null meaning its namespace.</summary>
internal readonly record struct ExportEntry(string? Name, int Request, int Index)
{
    public bool IsLocal => Request < 0;
}

/// <summary>A mention of a top-level name at [Start, End).</summary>
internal readonly record struct Mention(string Name, int Start, int End, bool IsShorthand)
{
    /// <summary>The properties that are read from it right there, <c>a.b.c</c>: what they name may be known, when the name is a module's namespace.</summary>
    public (string Name, int End)[] Members { get; init; } = [];

    /// <summary>Where the callee that begins with this mention ends; negative when it begins none. Calling a property would give it a <c>this</c>.</summary>
    public int CalleeEnd { get; init; } = -1;
}

/// <summary>An anonymous function or class at [Open, Close) that is to be called after the top-level name it is assigned to.</summary>
internal readonly record struct NamedValue(string Name, int Open, int Close);

/// <summary>An <c>import(…)</c> expression at [Start, End).</summary>
internal readonly record struct DynamicImport(int Start, int End, bool IsLiteral);

/// <summary>A <c>require("…")</c> expression at [Start, End).</summary>
internal readonly record struct RequireCall(int Start, int End, int Request);

/// <summary>A class declaration at [Start, End) that declares a top-level name.</summary>
internal readonly record struct ClassSite(string Name, int Start, int End);

/// <summary>An <c>export default</c> statement of something without a name.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="KeywordEnd">Where its second keyword ends.</param>
/// <param name="NameAt">Where a name would stand in a function declaration.</param>
/// <param name="Binding">What holds the exported value.</param>
internal sealed record DefaultExport(ExportDefaultDeclaration Statement, int KeywordEnd, int NameAt, Binding Binding);
