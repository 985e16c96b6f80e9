namespace Ocap.Bundler.TypeScript;

/// <content>Expressions. Precedence does not matter here, only where types can stand.</content>
internal sealed partial class TypeEraser
{
    private static readonly string[] Prefixes = ["!", "~", "+", "-", "++", "--", "typeof", "void", "delete", "await", "new"];

    private static readonly string[] Operators =
    [
        "?", "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**=", "&&=", "||=", "??=",
        "+", "-", "*", "/", "%", "**", "&", "|", "^", "&&", "||", "??", "==", "!=", "===", "!==", "<", ">", "instanceof", "in",
    ];

    // Where an arrow function was looked for in vain: looking again, at every depth, would take for ever.
    private readonly HashSet<int> _noArrowAt = [];

    // In `a ? (b) : c => d`, (b) is only an arrow function's parameters if a colon is left for the condition.
    private bool _inCondition;

    private void Expression(bool canHaveIn = true)
    {
        do
        {
            Assignment(canHaveIn);
        }
        while (Accept(","));
    }

    /// <summary>Something within brackets, where no condition is open.</summary>
    private void Nested(Action content)
    {
        bool before = _inCondition;
        _inCondition = false;
        content();
        _inCondition = before;
    }

    private void Assignment(bool canHaveIn = true)
    {
        while (true)
        {
            if (Is("yield"))
            {
                Advance();
                bool delegates = !_token.AfterNewLine && Accept("*");
                if (!delegates && (_token.AfterNewLine || _token.Kind == TokenKind.End || IsAny(")", "]", "}", ",", ";", ":", "in", "of")))
                {
                    return;
                }
                continue;
            }
            if (Arrow(canHaveIn))
            {
                return;
            }
            Unary();
            while (Is("as") || Is("satisfies"))
            {
                if (_token.AfterNewLine)
                {
                    return;
                }
                Assertion();
            }
            if (!IsAny(Operators) || (!canHaveIn && Is("in")))
            {
                return;
            }
            if (IsAny("<", ">"))
            {
                _token = _scanner.WholeAngle(_token);
            }
            bool isCondition = Is("?");
            Advance();
            if (isCondition)
            {
                bool before = _inCondition;
                _inCondition = true;
                Assignment();
                _inCondition = before;
                Expect(":");
            }
        }
    }

    private void Assertion()
    {
        int start = _token.Start;
        Advance();
        Type();
        Blank(start, _lastEnd);
        // The type ended the statement; without it, the next line would go on with it.
        if (_token.AfterNewLine && (_token.Kind == TokenKind.Backquote || IsAny("(", "[")))
        {
            Put(start, ';');
        }
    }

    private void Unary()
    {
        while (IsAny(Prefixes) && !(Is("new") && Follows(".")))
        {
            Advance();
        }
        Operand();
        Chain(canHaveTypeArguments: true);
        if (IsAny("++", "--") && !_token.AfterNewLine)
        {
            Advance();
        }
    }

    /// <summary>Calls, members and whatever else follows an operand.</summary>
    private void Chain(bool canHaveTypeArguments)
    {
        while (true)
        {
            if (_token.Kind == TokenKind.Backquote)
            {
                Nested(() => Template(() => Expression()));
            }
            else if (Is("(") || Is("["))
            {
                Brackets();
            }
            else if (Is(".") || Is("?."))
            {
                Advance();
                if (_token.Kind is TokenKind.Name or TokenKind.PrivateName)
                {
                    Advance();
                }
            }
            else if (Is("!") && !_token.AfterNewLine)
            {
                Blank(_token.Start, _token.End);
                Advance();
            }
            else if (!Is("<") || !canHaveTypeArguments || !Try(TypeArgumentsOfCall))
            {
                return;
            }
        }
    }

    private bool TypeArgumentsOfCall()
    {
        int start = _token.Start;
        TypeArguments();
        // As TypeScript decides whether these were comparisons.
        if (!(Is("(") || _token.Kind == TokenKind.Backquote || _token.AfterNewLine || !StartsExpression()) || IsAny("<", ">", "+", "-"))
        {
            return false;
        }
        Blank(start, _lastEnd);
        return true;
    }

    private bool StartsExpression() => _token.Kind switch
    {
        TokenKind.End => false,
        TokenKind.Name => !IsAny("in", "instanceof", "as", "satisfies", "of"),
        TokenKind.Punctuator => IsAny("(", "[", "{", "!", "~", "+", "-", "++", "--", "/", "/=", "<", "@"),
        _ => true,
    };

    /// <summary>Arguments, elements, a computed member, a parenthesized expression.</summary>
    private void Brackets() => Nested(() =>
    {
        string close = Is("(") ? ")" : "]";
        Advance();
        while (!Accept(close))
        {
            Accept("...");
            if (!Accept(","))
            {
                Assignment();
            }
        }
    });

    private void Operand()
    {
        switch (_token.Kind)
        {
            case TokenKind.Name when Is("function") || (Is("async") && Following.AfterNewLine is false && Follows("function")):
                Function();
                return;
            case TokenKind.Name when Is("class"):
                Class();
                return;
            case TokenKind.Name or TokenKind.PrivateName or TokenKind.Number or TokenKind.String:
                Advance();
                return;
            case TokenKind.Backquote:
                Nested(() => Template(() => Expression()));
                return;
        }
        if (IsAny("/", "/="))
        {
            _token = _scanner.WholeRegularExpression(_token);
            Advance();
        }
        else if (IsAny("(", "["))
        {
            Brackets();
        }
        else if (Is("{"))
        {
            Nested(ObjectLiteral);
        }
        else if (Is("<"))
        {
            throw new TypeScriptException(_token.Start, "JSX and assertions of the form <T>x are not supported: write x as T.");
        }
        else if (Is("@"))
        {
            throw Refused(_token.Start, "A decorator");
        }
        else
        {
            throw Unexpected();
        }
    }

    private void ObjectLiteral()
    {
        Expect("{");
        while (!Accept("}"))
        {
            if (Accept("..."))
            {
                Assignment();
            }
            else
            {
                Property();
            }
            if (!Is("}"))
            {
                Expect(",");
            }
        }
    }

    private void Property()
    {
        while (IsAny("get", "set", "async") && !Follows("(", "<", ":", ",", "}", "="))
        {
            Advance();
        }
        Accept("*");
        Key();
        if (IsAny("(", "<"))
        {
            Signature(isConstructor: false);
            Block();
        }
        else if (Accept(":") || Accept("="))
        {
            Assignment();
        }
    }

    /// <summary>The name of a property or member.</summary>
    private void Key()
    {
        if (Is("["))
        {
            Brackets();
        }
        else if (_token.Kind is TokenKind.Name or TokenKind.PrivateName or TokenKind.String or TokenKind.Number)
        {
            Advance();
        }
        else
        {
            throw Unexpected();
        }
    }
}
