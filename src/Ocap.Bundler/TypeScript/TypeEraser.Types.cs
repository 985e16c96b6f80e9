namespace Ocap.Bundler.TypeScript;

/// <content>Types: read only to know where they end.</content>
internal sealed partial class TypeEraser
{
    // A comparison may follow these: `x as number < 5`.
    private static readonly string[] WithoutArguments =
    [
        "any", "unknown", "never", "void", "undefined", "null", "true", "false", "this", "string", "number", "boolean", "bigint", "symbol", "object", "const",
    ];

    /// <summary>Erases <c>: T</c>, if it is there.</summary>
    /// <returns>Whether it was.</returns>
    private bool Annotation()
    {
        if (!Is(":"))
        {
            return false;
        }
        int start = _token.Start;
        Advance();
        Type();
        Blank(start, _lastEnd);
        return true;
    }

    /// <summary>Erases a function's <c>: T</c>, which may be a predicate.</summary>
    private bool ReturnAnnotation()
    {
        if (!Is(":"))
        {
            return false;
        }
        int start = _token.Start;
        Advance();
        ReturnType();
        Blank(start, _lastEnd);
        return true;
    }

    /// <summary>Erases <c>&lt;T, …&gt;</c> of a declaration, if it is there.</summary>
    private void TypeParameters()
    {
        if (Is("<"))
        {
            int start = _token.Start;
            SkipAngles();
            Blank(start, _lastEnd);
        }
    }

    private void ReturnType()
    {
        if (Is("asserts") && FollowsName() && !Follows("is"))
        {
            Advance();
        }
        if (IsName && Following is { AfterNewLine: false } && Follows("is"))
        {
            Advance();
            Advance();
        }
        Type();
    }

    private void Type()
    {
        Union(canBeConditional: true);
        if (Is("extends") && !_token.AfterNewLine)
        {
            Advance();
            Union(canBeConditional: false);
            Expect("?");
            Type();
            Expect(":");
            Type();
        }
    }

    private void Union(bool canBeConditional)
    {
        if (IsAny("|", "&"))
        {
            Advance();
        }
        do
        {
            TypeOperand(canBeConditional);
        }
        while (Accept("|") || Accept("&"));
    }

    private void TypeOperand(bool canBeConditional)
    {
        while (IsAny("keyof", "unique", "readonly", "infer") && StartsType(Following))
        {
            bool isInfer = Is("infer");
            Advance();
            if (isInfer)
            {
                Advance();
                if (Is("extends"))
                {
                    // A constraint, unless it is the condition that the inferred name stands in.
                    Try(() =>
                    {
                        Advance();
                        Union(canBeConditional: false);
                        return !canBeConditional || !Is("?");
                    });
                }
                return;
            }
        }
        PrimaryType();
        while (Is("[") && !_token.AfterNewLine)
        {
            Advance();
            if (!Accept("]"))
            {
                Type();
                Expect("]");
            }
        }
    }

    private bool StartsType(Token token) => token.Kind is TokenKind.Name or TokenKind.Number or TokenKind.String or TokenKind.Backquote || _text[token.Start] is '(' or '[' or '{' or '-';

    private void PrimaryType()
    {
        switch (_token.Kind)
        {
            case TokenKind.Name:
                NamedType();
                return;
            case TokenKind.String or TokenKind.Number:
                Advance();
                return;
            case TokenKind.Backquote:
                Template(Type);
                return;
        }
        if (Accept("-"))
        {
            Advance();
        }
        else if (IsAny("{", "["))
        {
            SkipBrackets();
        }
        else if (Is("<"))
        {
            SkipAngles();
            FunctionType();
        }
        else if (!Is("("))
        {
            throw Unexpected();
        }
        else if (!Try(() =>
        {
            SkipBrackets();
            return Is("=>");
        }))
        {
            Advance();
            Type();
            Expect(")");
        }
        else
        {
            Advance();
            ReturnType();
        }
    }

    private void FunctionType()
    {
        SkipBrackets();
        Expect("=>");
        ReturnType();
    }

    private void NamedType()
    {
        if (Is("abstract") && Follows("new"))
        {
            Advance();
        }
        if (Is("new") && Follows("(", "<"))
        {
            Advance();
            if (Is("<"))
            {
                SkipAngles();
            }
            FunctionType();
            return;
        }
        if (IsAny(WithoutArguments))
        {
            Advance();
            return;
        }
        if (Is("typeof"))
        {
            Advance();
        }
        if (Is("import"))
        {
            Advance();
            SkipBrackets();
        }
        else
        {
            Advance();
        }
        while (Accept("."))
        {
            Advance();
        }
        if (Is("<") && !_token.AfterNewLine)
        {
            TypeArguments();
        }
    }

    private void TypeArguments()
    {
        Expect("<");
        do
        {
            Type();
        }
        while (Accept(","));
        Expect(">");
    }

    /// <summary>Skips from an opening bracket to its closing one. Only where everything in between is types.</summary>
    private void SkipBrackets()
    {
        if (!IsAny("(", "[", "{"))
        {
            throw Unexpected();
        }
        int depth = 0;
        do
        {
            depth += IsAny("(", "[", "{") ? 1 : IsAny(")", "]", "}") ? -1 : 0;
            SkipToken();
        }
        while (depth > 0);
    }

    private void SkipAngles()
    {
        int depth = 0;
        do
        {
            if (IsAny("(", "[", "{"))
            {
                SkipBrackets();
                continue;
            }
            depth += Is("<") ? 1 : Is(">") ? -1 : 0;
            SkipToken();
        }
        while (depth > 0);
    }

    private void SkipToken()
    {
        if (_token.Kind == TokenKind.End)
        {
            throw Unexpected();
        }
        if (_token.Kind == TokenKind.Backquote)
        {
            Template(Type);
        }
        else
        {
            Advance();
        }
    }

    /// <summary>A template, as a type or an expression.</summary>
    private void Template(Action part)
    {
        int at = _token.End;
        while (true)
        {
            at = _scanner.TemplatePart(at, out bool isLast);
            _lastEnd = at;
            _token = _scanner.Next(at);
            if (isLast)
            {
                return;
            }
            part();
            if (!Is("}"))
            {
                throw Unexpected();
            }
            at = _token.End;
        }
    }
}
