using System.Text;
using Acornima.Ast;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Module = Ocap.Bundler.Graph.Module;

namespace Ocap.Bundler.Output;

/// <summary>Writes one module's statements as they stand in the bundle: its own text under the decided names.</summary>
internal sealed class ModuleWriter(Module module, Dictionary<string, Binding> imports, DynamicImportNames dynamicImports)
{
    private readonly List<Edit> _edits = [];

    public string Write()
    {
        if (module.IsJson)
        {
            string name = module.Contents.TopLevel.GetAt(0).Value.FinalName;
            return $"const {name} = JSON.parse({JsText.Quote(module.Text)});";
        }
        EditMentions();
        EditClasses();
        EditNamedValues();
        EditDefaultExport();
        foreach (DynamicImport import in module.Contents.DynamicImports)
        {
            _edits.Add(new Edit(import.Start, import.End, dynamicImports.Call(import.IsLiteral)));
        }
        _edits.AddRange(module.Contents.Edits);
        if (module.Text.StartsWith("#!", StringComparison.Ordinal))
        {
            int end = module.Text.AsSpan().IndexOfAny("\r\n");
            _edits.Add(new Edit(0, end < 0 ? module.Text.Length : end, ""));
        }
        var text = new StringBuilder(module.Text.Length);
        TextEditor.Apply(text, module.Text, _edits);
        return text.ToString().Trim();
    }

    private string FinalName(string name) => imports.TryGetValue(name, out Binding? import) ? import.FinalName : module.Contents.TopLevel[name].FinalName;

    private bool IsRenamed(string name) => !string.Equals(FinalName(name), name, StringComparison.Ordinal);

    private void EditMentions()
    {
        HashSet<int> classNames = [.. RenamedClasses().Select(c => c.Name.Start)];
        foreach (Mention mention in module.Contents.Mentions)
        {
            string name = FinalName(mention.Name);
            if (IsRenamed(mention.Name) && !classNames.Contains(mention.Start))
            {
                _edits.Add(new Edit(mention.Start, mention.End, mention.IsShorthand ? $"{JsText.Key(mention.Name)}: {name}" : name));
            }
        }
    }

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
        where IsRenamed(site.Name)
        select (site, module.Contents.Mentions.First(m => m.Start > site.Start && string.Equals(m.Name, site.Name, StringComparison.Ordinal)));

    // An anonymous function takes its name from what it is assigned to. Under another name, a property of the right name gives it instead.
    private void EditNamedValues()
    {
        foreach (NamedValue value in module.Contents.NamedValues)
        {
            if (IsRenamed(value.Name))
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
        if (module.Contents.Default is not { } value)
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
