namespace Ocap.Bundler.TypeScript;

/// <content>Imports and exports.</content>
internal sealed partial class TypeEraser
{
    private void Import()
    {
        int start = _token.Start;
        Advance();
        // `import type from "x"` imports a value called type.
        bool isType = Is("type") && (Follows("{", "*") || (Following.Kind == TokenKind.Name && (!Follows("from") || _scanner.Next(Following.End).Kind != TokenKind.String)));
        if (isType)
        {
            Advance();
        }
        if (IsName)
        {
            Advance();
            if (Is("=") && !isType)
            {
                throw Refused(start, "import =");
            }
            if (Accept("="))
            {
                Expression();
            }
        }
        FromClause();
        if (isType)
        {
            BlankWhole(start);
        }
    }

    private void Export()
    {
        int start = _token.Start;
        Advance();
        if (Is("=") || Is("import"))
        {
            throw Refused(start, Is("=") ? "export =" : "import =");
        }
        if (Is("as") && Follows("namespace"))
        {
            Advance();
            Advance();
            Advance();
            EndStatement();
            BlankWhole(start);
        }
        else if (Is("type") && Follows("{", "*"))
        {
            Advance();
            FromClause();
            BlankWhole(start);
        }
        else if (IsAny("{", "*"))
        {
            FromClause();
        }
        else if (Is("default"))
        {
            ExportDefault(start);
        }
        else
        {
            int declaration = _token.Start;
            int erased = _erased.Count;
            if (!Declaration())
            {
                if (Is("@"))
                {
                    throw Refused(_token.Start, "A decorator");
                }
                throw Unexpected();
            }
            // A declaration that went as a whole takes its export along.
            if (_erased.Count > erased && _erased[^1] == (declaration, declaration + 1, ';'))
            {
                BlankWhole(start);
            }
        }
    }

    private void ExportDefault(int start)
    {
        Advance();
        if (Is("abstract") && Follows("class"))
        {
            Blank(_token.Start, _token.End);
            Advance();
        }
        if (Is("class"))
        {
            Class();
        }
        else if (Is("function") || (Is("async") && !Following.AfterNewLine && Follows("function")))
        {
            if (!Function())
            {
                EndStatement();
                BlankWhole(start);
            }
        }
        else if (Is("interface") && FollowsName())
        {
            TypeOnly();
            BlankWhole(start);
        }
        else
        {
            Assignment();
            EndStatement();
        }
    }

    /// <summary>What is imported or exported, from where, and with which attributes.</summary>
    private void FromClause()
    {
        while (IsAny("*", "{", ","))
        {
            if (Accept("*"))
            {
                if (Accept("as"))
                {
                    Advance();
                }
            }
            else if (!Accept(","))
            {
                Specifiers();
            }
        }
        Accept("from");
        if (_token.Kind == TokenKind.String)
        {
            Advance();
        }
        if (IsAny("with", "assert") && Follows("{"))
        {
            Advance();
            ObjectLiteral();
        }
        EndStatement();
    }

    private void Specifiers()
    {
        Expect("{");
        while (!Accept("}"))
        {
            int start = _token.Start;
            // `type` alone, and in `type as x`, is a name; in `type as as x` it is not.
            bool isType = Is("type") && !Follows(",", "}") && (!Follows("as") || IsTypeNamedAs());
            if (isType)
            {
                Advance();
            }
            Advance();
            if (Accept("as"))
            {
                Advance();
            }
            if (!Is("}"))
            {
                Expect(",");
            }
            if (isType)
            {
                Blank(start, _lastEnd);
            }
        }
    }

    private bool IsTypeNamedAs()
    {
        Token second = _scanner.Next(Following.End);
        ReadOnlySpan<char> text = _text.AsSpan(second.Start, second.End - second.Start);
        if (text is "," or "}")
        {
            return true;
        }
        Token third = _scanner.Next(second.End);
        return text is "as" && _text.AsSpan(third.Start, third.End - third.Start) is not ("," or "}");
    }
}
