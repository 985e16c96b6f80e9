using System.Text;
using Acornima.Ast;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Places;
using Module = Ocap.Bundler.Graph.Module;

namespace Ocap.Bundler.Output;

/// <summary>Writes one module's statements as they stand in the bundle: its own text under the decided names, without what nobody needs.</summary>
internal sealed class ModuleWriter(Module module, LinkedModules linked, BundleHelpers helpers)
{
    private readonly List<Edit> _edits = [];

    // Statements that are left out, in order.
    private readonly TopStatement[] _dead = module.IsHoisted ? [.. module.Contents.Statements.Where(s => !s.IsLive)] : [];

    /// <summary>Appends the statements, without a line's end.</summary>
    /// <returns>What of them is the module's own text.</returns>
    public IReadOnlyList<Run> Write(StringBuilder code)
    {
        if (_dead.Length > 0 && _dead.Length == module.Contents.Statements.Count)
        {
            return [];
        }
        EditMentions();
        EditClasses();
        EditNamedValues();
        EditDefaultExport();
        foreach (DynamicImport import in module.Contents.DynamicImports.Where(i => !IsDead(i.Start)))
        {
            _edits.Add(new Edit(import.Start, import.End, helpers[import.IsLiteral ? BundleHelpers.ImportNothing : BundleHelpers.ImportRefused] + "()"));
        }
        EditRequires();
        _edits.AddRange(module.Contents.Edits.Where(e => !IsDead(e.Start)));
        _edits.AddRange(module.Contents.InsertedSemicolons.Where(i => !IsDead(i - 1)).Select(i => new Edit(i, i, ";")));
        _edits.AddRange(_dead.Select(s => new Edit(s.Start, s.Next, "")));
        var text = new StringBuilder(module.Text.Length);
        List<Run> runs = TextEditor.Apply(text, module.Text, _edits);
        string whole = text.ToString();
        string trimmed = whole.Trim();
        int shift = code.Length - (whole.Length - whole.TrimStart().Length);
        code.Append(trimmed);
        return runs.ConvertAll(run => run with { Target = run.Target + shift });
    }

    public static string Json(Module module) =>
        $"const {module.Contents.TopLevel.GetAt(0).Value.FinalName} = JSON.parse({JsText.Quote(module.Text)});";

    // What is declared here; imports have no declaration.
    private string FinalName(string name) => module.Contents.TopLevel[name].FinalName;

    private bool IsRenamed(string name) => module.Contents.TopLevel.TryGetValue(name, out Binding? own) && !string.Equals(own.FinalName, name, StringComparison.Ordinal);

    private bool IsDead(int index)
    {
        int at = _dead.Length == 0 ? -1 : Array.FindLastIndex(_dead, s => s.Start <= index);
        return at >= 0 && index < _dead[at].End;
    }

    private void EditRequires()
    {
        foreach (RequireCall call in module.Contents.RequireCalls)
        {
            _edits.Add(new Edit(call.Start, call.End, Required(call)));
        }
        foreach (var (start, end, isShorthand) in module.Contents.OtherRequires)
        {
            string name = helpers[BundleHelpers.Require];
            _edits.Add(new Edit(start, end, isShorthand ? $"require: {name}" : name));
        }
    }

    private string Required(RequireCall call)
    {
        if (module.Dependencies[call.Request] is not { } required)
        {
            return $"{helpers[BundleHelpers.Require]}({JsText.Quote(module.Contents.Requests[call.Request].Specifier)})";
        }
        return required.Kind switch
        {
            ModuleKind.CommonJs => $"{required.Starter.FinalName}()",
            ModuleKind.Json => required.Contents.TopLevel.GetAt(0).Value.FinalName,
            _ => $"({required.Starter.FinalName}(), {helpers[BundleHelpers.ToCommonJs]}({required.Namespace.FinalName}))",
        };
    }

    private void EditMentions()
    {
        HashSet<int> classNames = [.. RenamedClasses().Select(c => c.Name.Start)];
        foreach (Mention mention in LiveMentions())
        {
            var (binding, end) = linked.Resolve(module, mention);
            Module? user = linked.Imports[module].ContainsKey(mention.Name) ? null : module;
            string name = BindingText.Of(binding, user);
            if ((end == mention.End && string.Equals(name, mention.Name, StringComparison.Ordinal)) || classNames.Contains(mention.Start))
            {
                continue;
            }
            bool isCalled = mention.CalleeEnd == end && BindingText.IsMember(binding, user);
            _edits.Add(new Edit(mention.Start, end, mention.IsShorthand ? $"{JsText.Key(mention.Name)}: {name}" : isCalled ? $"(0, {name})" : name));
        }
    }

    private IEnumerable<Mention> LiveMentions() => module.Kind == ModuleKind.CommonJs ? []
        : module.IsWrapped ? module.Contents.Mentions
        : module.Contents.Statements.Where(s => s.IsLive).SelectMany(s => module.Contents.Mentions[s.Mentions]);

    // The class keeps its own name inside, and as its `name`; only what holds it is called differently.
    private void EditClasses()
    {
        foreach (var (site, _) in RenamedClasses())
        {
            _edits.Add(new Edit(site.Start, site.Start, $"let {FinalName(site.Name)} = "));
            _edits.Add(new Edit(site.End, site.End, ";"));
        }
    }

    private IEnumerable<(ClassSite Site, Mention Name)> RenamedClasses() =>
        from site in module.Contents.Classes
        where IsRenamed(site.Name) && !IsDead(site.Start)
        select (site, module.Contents.Mentions.First(m => m.Start > site.Start && string.Equals(m.Name, site.Name, StringComparison.Ordinal)));

    // An anonymous function takes its name from what it is assigned to. Under another name, a property of the right name gives it instead.
    private void EditNamedValues()
    {
        foreach (NamedValue value in module.Contents.NamedValues)
        {
            if (IsRenamed(value.Name) && !IsDead(value.Open))
            {
                AddNaming(value.Open, value.Close, value.Name);
            }
        }
    }

    private void AddNaming(int open, int close, string name)
    {
        _edits.Add(new Edit(open, open, $" {{ {JsText.Key(name)}: "));
        _edits.Add(new Edit(close, close, $" }}[{JsText.Quote(name)}]"));
    }

    private void EditDefaultExport()
    {
        if (module.Contents.Default is not { } value || IsDead(value.Statement.Start))
        {
            return;
        }
        ExportDefaultDeclaration statement = value.Statement;
        if (statement.Declaration is FunctionDeclaration function)
        {
            _edits.Add(new Edit(statement.Start, function.Start, ""));
            _edits.Add(new Edit(value.NameAt, value.NameAt, " " + value.Binding.FinalName));
            return;
        }
        _edits.Add(new Edit(statement.Start, value.KeywordEnd, $"const {value.Binding.FinalName} ="));
        bool hasSemicolon = module.Text[statement.End - 1] == ';';
        if (statement.Declaration is ArrowFunctionExpression or FunctionExpression { Id: null } or ClassExpression { Id: null } or ClassDeclaration { Id: null })
        {
            int end = hasSemicolon && statement.Declaration is not ClassDeclaration ? statement.End - 1 : statement.End;
            AddNaming(value.KeywordEnd, end, "default");
        }
        if (statement.Declaration is ClassDeclaration)
        {
            _edits.Add(new Edit(statement.End, statement.End, ";"));
        }
    }
}
