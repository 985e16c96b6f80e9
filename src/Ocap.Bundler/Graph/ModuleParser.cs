using Acornima;
using Acornima.Ast;
using Ocap.Bundler.Output;
using Ocap.Bundler.Scopes;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Graph;

/// <summary>Parses a module, decides whether it is an ES module or CommonJS, and collects its <see cref="ModuleContents"/>.</summary>
internal sealed class ModuleParser(Module module)
{
    private readonly List<SourceToken> _tokens = [];
    private readonly List<(int Start, int End)> _comments = [];
    private readonly List<int> _insertedSemicolons = [];

    public static void Parse(Module module)
    {
        module.Contents = new ModuleContents();
        if (module.Kind == ModuleKind.Json)
        {
            JsonModule.Declare(module);
            return;
        }
        try
        {
            if (module.IsTypeScript)
            {
                module.EraseTypes();
            }
            new ModuleParser(module).Parse();
        }
        catch (SyntaxErrorException e)
        {
            throw module.Error(e.Error?.Index, $"{e.Description}.");
        }
        catch (InsufficientExecutionStackException)
        {
            throw module.Error(null, "An expression in this source is nested too deeply.");
        }
    }

    private void Parse()
    {
        Program program = ParseText();
        ModuleContents contents = module.Contents;
        contents.InsertedSemicolons.UnionWith(_insertedSemicolons);
        Layout.Edit(module.Text, _tokens, contents.Edits);
        var walker = new ScopeWalker(module, _tokens, CallAnnotations.In(module.Text, _comments, _tokens));
        walker.Walk(program);
        SesTokens.Edit(module.Text, _tokens, walker.HandledForSes, contents.Edits);
    }

    // Most sources parse as a module, whichever kind they are; one that does not may still be CommonJS. Vats know no sloppy mode.
    private Program ParseText()
    {
        Program? program = module.IsEsm != true && MayHaveHtmlComments ? TryParseScript() : null;
        try
        {
            program ??= NewParser(allowReturn: module.IsEsm != true).ParseModule(module.Text);
        }
        catch (SyntaxErrorException) when (module.IsEsm != true && TryParseScript() is { } script)
        {
            program = script;
        }
        bool isEsm = module.IsEsm == true || program.Body.Any(s => s is ImportDeclaration or ExportDeclaration);
        module.Kind = isEsm ? ModuleKind.Esm : ModuleKind.CommonJs;
        return program;
    }

    // Old scripts take these for comments, modules do not.
    private bool MayHaveHtmlComments => module.Text.Contains("<!--", StringComparison.Ordinal) || module.Text.Contains("-->", StringComparison.Ordinal);

    private Script? TryParseScript()
    {
        try
        {
            return NewParser(allowReturn: true).ParseScript(module.Text, strict: true);
        }
        catch (SyntaxErrorException)
        {
            return null;
        }
    }

    private Parser NewParser(bool allowReturn)
    {
        _tokens.Clear();
        _comments.Clear();
        _insertedSemicolons.Clear();
        return new Parser(Options(allowReturn));
    }

    private ParserOptions Options(bool allowReturn) => new()
    {
        EcmaVersion = EcmaVersion.Latest,
        AllowHashBang = true,
        AllowReturnOutsideFunction = allowReturn,
        OnToken = (in Token token) =>
        {
            if (token.Kind != TokenKind.EOF)
            {
                _tokens.Add(SourceToken.From(token));
            }
        },
        OnComment = (in Comment comment) => _comments.Add((comment.Start, comment.End)),
        OnInsertedSemicolon = (index, _) => _insertedSemicolons.Add(index),
    };
}
