using Acornima;
using Acornima.Ast;
using Ocap.Bundler.Output;

namespace Ocap.Bundler.Scopes;

/// <content>Branches that are never taken in a production build are left out, with what they would require.</content>
internal sealed partial class ScopeWalker
{
    // Known before the walk is over: the word is always followed by a property, which it is not where something of that name is declared.
    private bool? _isProcessGlobal;

    private bool? Decide(Node test) => (_isProcessGlobal ??= IsOnlyRead("process")) == true ? StaticTest.Decide(test) : null;

    private void VisitIf(IfStatement choice, Scope scope)
    {
        bool? taken = Decide(choice.Test);
        Node? left = taken == true ? choice.Alternate : choice.Consequent;
        if (taken is null || (left is not null && HoistedVars.Any(left)))
        {
            Visit(choice.Test, scope);
            Visit(choice.Consequent, scope);
            Visit(choice.Alternate, scope);
            return;
        }
        Node? kept = taken == true ? choice.Consequent : choice.Alternate;
        if (kept is null)
        {
            _contents.InsertedSemicolons.Remove(choice.End);
            _contents.Edits.Add(new Edit(choice.Start, choice.End, "{}"));
            return;
        }
        bool isBlock = kept is BlockStatement;
        _contents.Edits.Add(new Edit(choice.Start, kept.Start, isBlock ? "" : "{ "));
        if (kept.End < choice.End)
        {
            _contents.InsertedSemicolons.Remove(choice.End);
            _contents.Edits.Add(new Edit(kept.End, choice.End, isBlock ? "" : "; }"));
        }
        else if (!isBlock)
        {
            _contents.Edits.Add(new Edit(choice.End, choice.End, " }"));
        }
        Visit(kept, scope);
    }

    private void VisitConditional(ConditionalExpression choice, Scope scope)
    {
        if (Decide(choice.Test) is { } taken)
        {
            KeepOnly(choice, taken ? choice.Consequent : choice.Alternate, scope);
            return;
        }
        Visit(choice.Test, scope);
        Visit(choice.Consequent, scope);
        Visit(choice.Alternate, scope);
    }

    private void VisitLogical(LogicalExpression choice, Scope scope)
    {
        bool? left = choice.Operator == Operator.NullishCoalescing ? null : Decide(choice.Left);
        if (left is null)
        {
            Visit(choice.Left, scope);
            Visit(choice.Right, scope);
        }
        else if (left == (choice.Operator == Operator.LogicalAnd))
        {
            KeepOnly(choice, choice.Right, scope);
        }
        else
        {
            _contents.Edits.Add(new Edit(choice.Start, choice.End, left == true ? "true" : "false"));
        }
    }

    // A value, where a property would be called with a `this`.
    private void KeepOnly(Node whole, Node kept, Scope scope)
    {
        _contents.Edits.Add(new Edit(whole.Start, kept.Start, kept is MemberExpression or Identifier ? "(0, " : "("));
        Visit(kept, scope);
        _contents.Edits.Add(new Edit(kept.End, whole.End, ")"));
    }

    private bool IsOnlyRead(string name)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            bool isName = tokens[i].IsName && module.Text.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start).SequenceEqual(name);
            if (isName && !IsRead(i))
            {
                return false;
            }
        }
        return true;
    }

    private bool IsRead(int token) =>
        (token > 0 && (module.Text[tokens[token - 1].Start] == '.' || module.Text.AsSpan(tokens[token - 1].Start).StartsWith("typeof", StringComparison.Ordinal)))
        || (token + 1 < tokens.Count && module.Text[tokens[token + 1].Start] is '.' or '[');
}
