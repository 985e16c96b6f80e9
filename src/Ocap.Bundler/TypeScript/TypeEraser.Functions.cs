namespace Ocap.Bundler.TypeScript;

/// <content>Functions: their parameters, what they return, and arrows, which only their arrow tells from other things in parentheses.</content>
internal sealed partial class TypeEraser
{
    private static readonly string[] ParameterModifiers = ["public", "private", "protected", "readonly", "override"];

    /// <summary>A function expression or declaration.</summary>
    /// <returns>False for a signature without a body.</returns>
    private bool Function()
    {
        Accept("async");
        Expect("function");
        Accept("*");
        if (IsName)
        {
            Advance();
        }
        Signature(isConstructor: false);
        if (!Is("{"))
        {
            return false;
        }
        Nested(Block);
        return true;
    }

    /// <summary>Type parameters, parameters and what is returned.</summary>
    private void Signature(bool isConstructor)
    {
        TypeParameters();
        Nested(() => Parameters(isConstructor));
        ReturnAnnotation();
    }

    private void Parameters(bool isConstructor)
    {
        Expect("(");
        while (!Accept(")"))
        {
            if (Is("this"))
            {
                int start = _token.Start;
                Advance();
                Annotation();
                Accept(",");
                Blank(start, _lastEnd);
                continue;
            }
            if (Is("@"))
            {
                throw Refused(_token.Start, "A decorator");
            }
            if (isConstructor && IsAny(ParameterModifiers) && (Following.Kind == TokenKind.Name || Follows("{", "[")))
            {
                throw Refused(_token.Start, "A parameter property");
            }
            Accept("...");
            Binding();
            Optional();
            Annotation();
            if (Accept("="))
            {
                Assignment();
            }
            if (!Is(")"))
            {
                Expect(",");
            }
        }
    }

    private void Optional()
    {
        if (Is("?"))
        {
            Blank(_token.Start, _token.End);
            Advance();
        }
    }

    /// <summary>A name or pattern that is declared.</summary>
    private void Binding()
    {
        if (IsName)
        {
            Advance();
        }
        else if (Accept("["))
        {
            while (!Accept("]"))
            {
                if (Accept(","))
                {
                    continue;
                }
                Accept("...");
                Binding();
                Default();
            }
        }
        else
        {
            Expect("{");
            while (!Accept("}"))
            {
                if (Accept("..."))
                {
                    Binding();
                }
                else
                {
                    Key();
                    if (Accept(":"))
                    {
                        Binding();
                    }
                    Default();
                }
                if (!Is("}"))
                {
                    Expect(",");
                }
            }
        }
    }

    private void Default()
    {
        if (Accept("="))
        {
            Nested(() => Assignment());
        }
    }

    /// <summary>An arrow function, if it is one.</summary>
    private bool Arrow(bool canHaveIn)
    {
        if (IsName && Follows("=>") && !Following.AfterNewLine)
        {
            Advance();
            return ArrowBody(canHaveIn);
        }
        bool isAsync = Is("async") && !Following.AfterNewLine;
        if (isAsync && Following.Kind == TokenKind.Name && !Follows("function", "in", "of", "as", "satisfies", "instanceof"))
        {
            Advance();
            Advance();
            return Is("=>") && ArrowBody(canHaveIn);
        }
        if (!(isAsync ? Follows("(", "<") : IsAny("(", "<")) || _noArrowAt.Contains(_token.Start))
        {
            return false;
        }
        int start = _token.Start;
        bool hasReturn = false;
        // Where a colon decides, the body has to be read to know.
        if (Try(() => ArrowHead(isAsync, out hasReturn) && (!hasReturn || !_inCondition || (ArrowBody(canHaveIn) && Is(":")))))
        {
            return (hasReturn && _inCondition) || ArrowBody(canHaveIn);
        }
        _noArrowAt.Add(start);
        return false;
    }

    /// <summary>What comes before the arrow, which is then next.</summary>
    private bool ArrowHead(bool isAsync, out bool hasReturn)
    {
        if (isAsync)
        {
            Advance();
        }
        int angles = _token.Start;
        TypeParameters();
        int open = _token.Start;
        Nested(() => Parameters(isConstructor: false));
        int close = _lastEnd - 1;
        hasReturn = ReturnAnnotation();
        if (!Is("=>") || (_token.AfterNewLine && !hasReturn))
        {
            return false;
        }
        // What was on one line with its neighbour because of a type must still be.
        if (hasReturn && HasNewLine(close, _token.Start))
        {
            Blank(close, close + 1);
            Put(_token.Start - 1, ')');
        }
        if (HasNewLine(angles, open))
        {
            Blank(open, open + 1);
            Put(angles, '(');
        }
        return true;
    }

    private bool ArrowBody(bool canHaveIn)
    {
        Expect("=>");
        if (Is("{"))
        {
            Nested(Block);
        }
        else
        {
            Assignment(canHaveIn);
        }
        return true;
    }
}
