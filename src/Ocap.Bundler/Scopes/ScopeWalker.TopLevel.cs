using Acornima.Ast;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Output;

namespace Ocap.Bundler.Scopes;

/// <content>Statements that only a module's top level has, and those that mean more there.</content>
internal sealed partial class ScopeWalker
{
    internal const string DefaultName = "*default*";

    private void VisitTopLevel(Node statement)
    {
        switch (statement)
        {
            case ImportDeclaration import:
                VisitImport(import);
                break;
            case ExportAllDeclaration star:
                VisitExportAll(star);
                break;
            case ExportNamedDeclaration named:
                VisitExportNamed(named);
                break;
            case ExportDefaultDeclaration value:
                VisitExportDefault(value);
                break;
            default:
                VisitStatement(statement, statement.Start, statement.End);
                break;
        }
    }

    /// <summary>Visits what stays in the bundle, noting it as one statement from <paramref name="start"/> to <paramref name="end"/>.</summary>
    private void VisitStatement(Node node, int start, int end)
    {
        _declaredHere.Clear();
        if (node is ClassDeclaration { Id: { } id })
        {
            _contents.Classes.Add(new ClassSite(id.Name, node.Start, node.End));
        }
        Visit(node, _top);
        _contents.Statements.Add(new TopStatement(node, start, end, NextTokenStart(end), [.. _declaredHere]) { Mentions = .._names.Count });
        foreach (string name in _declaredHere)
        {
            NotePureFunction(node, name, start);
        }
    }

    // The mark may stand before `export`, before the declaration, or before the function that a variable is given.
    private void NotePureFunction(Node node, string name, int start)
    {
        bool isMarked = annotations.IsPureFunction(start) || annotations.IsPureFunction(node.Start)
            || (node is VariableDeclaration { Declarations: [{ Init: { } init }] } && annotations.IsPureFunction(init.Start));
        if (isMarked)
        {
            _contents.TopLevel[name].IsPureFunction = true;
        }
    }

    private void VisitImport(ImportDeclaration import)
    {
        int request = Request(import.Source, import.Attributes);
        foreach (ImportDeclarationSpecifier specifier in import.Specifiers)
        {
            string? name = specifier switch
            {
                ImportDefaultSpecifier => "default",
                ImportSpecifier one => NameOf(one.Imported),
                _ => null,
            };
            _top.Declare(specifier.Local.Name);
            _contents.Imports.Add(specifier.Local.Name, new ImportEntry(request, name, specifier.Start));
        }
        Remove(import);
    }

    private void VisitExportAll(ExportAllDeclaration star)
    {
        int request = Request(star.Source, star.Attributes);
        if (star.Exported is { } exported)
        {
            _contents.Exports.Add(NameOf(exported), new ExportEntry(null, request, exported.Start));
        }
        else
        {
            _contents.StarExports.Add(request);
        }
        Remove(star);
    }

    private void VisitExportNamed(ExportNamedDeclaration named)
    {
        if (named.Declaration is { } declaration)
        {
            VisitStatement(declaration, named.Start, named.End);
            foreach (string name in DeclaredNames.Of(declaration))
            {
                _contents.Exports.Add(name, new ExportEntry(name, NoRequest, declaration.Start));
            }
            _contents.Edits.Add(new Edit(named.Start, declaration.Start, ""));
            return;
        }
        int request = named.Source is { } source ? Request(source, named.Attributes) : NoRequest;
        foreach (ExportSpecifier specifier in named.Specifiers)
        {
            _contents.Exports.Add(NameOf(specifier.Exported), new ExportEntry(NameOf(specifier.Local), request, specifier.Start));
        }
        Remove(named);
    }

    private void VisitExportDefault(ExportDefaultDeclaration statement)
    {
        switch (statement.Declaration)
        {
            case FunctionDeclaration { Id: { } id }:
                _contents.Exports.Add("default", new ExportEntry(id.Name, NoRequest, statement.Start));
                _contents.Edits.Add(new Edit(statement.Start, statement.Declaration.Start, ""));
                VisitStatement(statement.Declaration, statement.Start, statement.End);
                return;
            case ClassDeclaration { Id: { } id }:
                _contents.Exports.Add("default", new ExportEntry(id.Name, NoRequest, statement.Start));
                _contents.Edits.Add(new Edit(statement.Start, statement.Declaration.Start, ""));
                VisitStatement(statement.Declaration, statement.Start, statement.End);
                return;
            default:
                var kind = statement.Declaration is FunctionDeclaration ? BindingKind.Function : BindingKind.DefaultValue;
                var binding = new Binding(module, module.BaseName + "_default", kind) { OwnName = "default" };
                _contents.TopLevel.Add(DefaultName, binding);
                _contents.Exports.Add("default", new ExportEntry(DefaultName, NoRequest, statement.Start));
                int keyword = tokens[TokenAt(statement.Start) + 1].End;
                int parameters = TokenAt(statement.Declaration.Start);
                while (kind == BindingKind.Function && module.Text[tokens[parameters].Start] != '(')
                {
                    parameters++;
                }
                _contents.Default = new DefaultExport(statement, keyword, tokens[parameters].Start, binding);
                _declaredHere.Clear();
                Visit(statement.Declaration, _top);
                _contents.Statements.Add(new TopStatement(statement.Declaration, statement.Start, statement.End, NextTokenStart(statement.End), [DefaultName]) { Mentions = .._names.Count });
                NotePureFunction(statement.Declaration, DefaultName, statement.Start);
                return;
        }
    }

    private int Request(StringLiteral source, in NodeList<ImportAttribute> attributes)
    {
        foreach (ImportAttribute attribute in attributes)
        {
            if (NameOf(attribute.Key) is not "type" || attribute.Value.Value is not "json")
            {
                throw module.Error(attribute.Start, $"The import attribute \"{NameOf(attribute.Key)}: {attribute.Value.Value}\" is not known; only \"type: json\" is.");
            }
        }
        _contents.Requests.Add(new ImportRequest(source.Value, source.Start));
        return _contents.Requests.Count - 1;
    }

    // The semicolon that JavaScript would have inserted after the statement goes with it.
    private void Remove(Node statement)
    {
        _contents.InsertedSemicolons.Remove(statement.End);
        _contents.Edits.Add(new Edit(statement.Start, NextTokenStart(statement.End), ""));
    }

    private static string NameOf(Expression name) => name is StringLiteral literal ? literal.Value : ((Identifier)name).Name;

    private int NextTokenStart(int end) => TokenAt(end) is var next && next < tokens.Count ? tokens[next].Start : module.Text.Length;

    /// <summary>The first token that starts at <paramref name="start"/> or later.</summary>
    private int TokenAt(int start)
    {
        int low = 0;
        int high = tokens.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (tokens[middle].Start < start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
