using Acornima.Ast;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Output;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Scopes;

/// <content>What the walk notes beside names, and how names are looked up at its end.</content>
internal sealed partial class ScopeWalker
{
    private void Resolve()
    {
        int next = 0;
        foreach (TopStatement statement in _contents.Statements)
        {
            ResolveNames(ref next, statement.Mentions.End.Value, statement);
        }
        ResolveNames(ref next, _names.Count, null);
        ResolveRequires();
        foreach (var (target, scope, value) in _namedValues)
        {
            if (scope.Find(target.Name) is { IsTopLevel: true })
            {
                _contents.NamedValues.Add(value);
            }
        }
        foreach (var (scope, start, end) in _nodeEnvs)
        {
            if (scope.Find("process") is null)
            {
                _contents.Edits.Add(new Edit(start, end, $"\"{NodeEnvironment.Value}\""));
            }
        }
        foreach (var (scope, start, end) in _evals)
        {
            if (scope.Find("eval") is null)
            {
                _contents.Warnings.Add(module.Note(start, "a direct eval cannot see local names in a vat; it is made an indirect one."));
                _contents.Edits.Add(new Edit(start, end, "(0, eval)"));
            }
        }
        foreach (Scope scope in _scopes)
        {
            _contents.InnerNames.UnionWith(scope.Names);
        }
    }

    // A statement is walked as a whole: its names follow one another.
    private void ResolveNames(ref int next, int end, TopStatement? statement)
    {
        int first = _contents.Mentions.Count;
        for (; next < end; next++)
        {
            ResolveName(_names[next]);
        }
        if (statement is not null)
        {
            statement.Mentions = first.._contents.Mentions.Count;
        }
    }

    private void ResolveName(NameUse use)
    {
        Identifier node = use.Node;
        Scope? declaring = use.Scope.Find(node.Name);
        if (declaring is { IsTopLevel: true })
        {
            if (use.IsWrite && _contents.Imports.ContainsKey(node.Name))
            {
                throw module.Error(node.Start, $"\"{node.Name}\" is imported; only the module that exports it can assign to it.");
            }
            _contents.Mentions.Add(new Mention(node.Name, node.Start, node.End, use.IsShorthand) { Members = use.Members ?? [], CalleeEnd = use.CalleeEnd });
        }
        else if (declaring is null)
        {
            ResolveGlobal(node, use.IsShorthand);
        }
    }

    private void ResolveGlobal(Identifier node, bool isShorthand)
    {
        if (node.Name is "require" && !IsEsm)
        {
            _contents.OtherRequires.Add((node.Start, node.End, isShorthand));
            return;
        }
        _contents.Globals.Add(node.Name);
        if (node.Name is "global")
        {
            _contents.Globals.Add("globalThis");
            _contents.Edits.Add(new Edit(node.Start, node.End, isShorthand ? "global: globalThis" : "globalThis"));
        }
    }

    private void NoteRequire(CallExpression call, Scope scope)
    {
        if (!IsEsm && call is { Callee: Identifier { Name: "require" }, Optional: false, Arguments: [StringLiteral specifier] })
        {
            _requires.Add((scope, call, specifier.Value, _tryDepth > 0));
        }
    }

    private void ResolveRequires()
    {
        foreach (var (scope, call, specifier, isOptional) in _requires)
        {
            if (scope.Find("require") is null)
            {
                _contents.OtherRequires.RemoveAll(r => r.Start == call.Callee.Start);
                _contents.RequireCalls.Add(new RequireCall(call.Start, call.End, _contents.Requests.Count));
                _contents.Requests.Add(new ImportRequest(specifier, call.Start) { IsRequire = true, IsOptional = isOptional });
            }
        }
    }

    /// <summary>Notes an anonymous function or class that JavaScript calls after the name it is assigned to. Parentheses around it do not matter.</summary>
    private void NoteNamedValue(Node target, Node value, int end, Scope scope)
    {
        bool isAnonymous = value is ArrowFunctionExpression or FunctionExpression { Id: null } or ClassExpression { Id: null };
        if (isAnonymous && target is Identifier name)
        {
            int operation = TokenAt(target.End);
            while (module.Text[tokens[operation].End - 1] != '=')
            {
                operation++;
            }
            _namedValues.Add((name, scope, new NamedValue(name.Name, tokens[operation].End, end)));
        }
    }

    private void NoteDynamicImport(ImportExpression import)
    {
        HandledForSes.Add(import.Start);
        bool isLiteral = import.Source is StringLiteral or TemplateLiteral { Expressions.Count: 0 };
        _contents.Warnings.Add(module.Note(import.Start, isLiteral
            ? "import(…) gives an empty object in a vat; import it statically to have it bundled."
            : "import(…) of a computed specifier is always rejected in a vat."));
        _contents.DynamicImports.Add(new DynamicImport(import.Start, import.End, isLiteral));
    }

    private void NoteMeta(MetaProperty meta)
    {
        if (meta.Meta.Name is "import")
        {
            _contents.Warnings.Add(module.Note(meta.Start, "import.meta is empty in a vat."));
            _contents.Edits.Add(new Edit(meta.Start, meta.End, "({})"));
        }
    }

    private void VisitTagged(TaggedTemplateExpression tagged, Scope scope)
    {
        VisitCallee(tagged.Tag, scope);
        foreach (TemplateElement chunk in tagged.Quasi.Quasis)
        {
            // A tag sees the text as it is written: nothing in it can be escaped without the tag noticing.
            if (SesLiteral.IsRefused(module.Text[chunk.Start..chunk.End]))
            {
                throw module.Error(chunk.Start, "A tagged template contains an HTML comment mark, \"import(\" or \"eval(\", which vats refuse. Put that text into a ${…} string.");
            }
        }
        VisitAll(tagged.Quasi.Expressions, scope);
    }

    private void RewriteForSes(Node literal)
    {
        string raw = module.Text[literal.Start..literal.End];
        if (SesLiteral.IsRefused(raw))
        {
            _contents.Edits.Add(new Edit(literal.Start, literal.End, SesLiteral.Rewrite(raw)));
        }
    }

    private void RefuseTopLevelAwait(Node node)
    {
        if (_functionDepth == 0)
        {
            throw module.Error(node.Start, "A vat's modules are evaluated in one go: await is only allowed inside an async function.");
        }
    }
}
