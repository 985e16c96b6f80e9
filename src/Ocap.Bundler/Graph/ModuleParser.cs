using Acornima;
using Acornima.Ast;
using Ocap.Bundler.Output;
using Ocap.Bundler.Scopes;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Graph;

/// <summary>Parses a module and collects its <see cref="ModuleContents"/>.</summary>
internal static class ModuleParser
{
    public static void Parse(Module module, Warnings warnings)
    {
        var contents = new ModuleContents();
        module.Contents = contents;
        if (module.IsJson)
        {
            JsonModule.Declare(module);
            return;
        }
        string text = module.Text;
        var tokens = new List<SourceToken>();
        var comments = new List<(int Start, int End)>();
        var parser = new Parser(new ParserOptions
        {
            EcmaVersion = EcmaVersion.Latest,
            AllowHashBang = true,
            OnToken = (in Token token) =>
            {
                if (token.Kind != TokenKind.EOF)
                {
                    tokens.Add(SourceToken.From(token));
                }
            },
            OnComment = (in Comment comment) => comments.Add((comment.Start, comment.End)),
            OnInsertedSemicolon = (index, _) => contents.Edits.Add(new Edit(index, index, ";")),
        });
        try
        {
            Program program = parser.ParseModule(text);
            foreach (var (start, end) in comments)
            {
                contents.Edits.Add(CommentRemoval.For(text, start, end));
            }
            var walker = new ScopeWalker(module, tokens, warnings);
            walker.Walk(program);
            SesTokens.Edit(text, tokens, walker.HandledForSes, contents.Edits);
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
}
