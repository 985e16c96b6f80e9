namespace Ocap.Bundler.TypeScript;

/// <content>Statements and declarations.</content>
internal sealed partial class TypeEraser
{
    private void Block()
    {
        Expect("{");
        while (!Accept("}"))
        {
            if (_token.Kind == TokenKind.End)
            {
                throw Unexpected();
            }
            Statement();
        }
    }

    private void Statement()
    {
        if (IsName && (!Follows(":") || Is("default")) && (Declaration() || Controlled()))
        {
            return;
        }
        if (Is("{"))
        {
            Block();
        }
        else if (Is("@"))
        {
            throw Refused(_token.Start, "A decorator");
        }
        else if (IsName && Follows(":"))
        {
            Advance();
            Advance();
            Statement();
        }
        else if (!Accept(";"))
        {
            Expression();
            EndStatement();
        }
    }

    /// <summary>A declaration, if there is one.</summary>
    private bool Declaration()
    {
        int start = _token.Start;
        if (Is("function") || (Is("async") && !Following.AfterNewLine && Follows("function")))
        {
            if (!Function())
            {
                EndStatement();
                BlankWhole(start);
            }
            return true;
        }
        if (Is("abstract") && FollowsName() && Follows("class"))
        {
            Blank(_token.Start, _token.End);
            Advance();
        }
        if (Is("class"))
        {
            Class();
            return true;
        }
        if (TypeOnly())
        {
            BlankWhole(start);
            return true;
        }
        if (IsAny("var", "const") || (Is("let") && (FollowsName() || Follows("[", "{"))) || (Is("using") && FollowsName() && !Follows("in", "of")))
        {
            if (Is("const") && Follows("enum"))
            {
                throw Refused(start, "An enum");
            }
            Variables(canHaveIn: true);
            EndStatement();
            return true;
        }
        if (Is("import") && !Follows("(", "."))
        {
            Import();
            return true;
        }
        if (Is("export"))
        {
            Export();
            return true;
        }
        return false;
    }

    /// <summary>Reads what is there for types only, and refuses what only looks so.</summary>
    private bool TypeOnly()
    {
        if (Is("enum") && FollowsName())
        {
            throw Refused(_token.Start, "An enum");
        }
        if (Is("interface") && FollowsName())
        {
            while (!Is("{"))
            {
                if (Is("<"))
                {
                    SkipAngles();
                }
                else
                {
                    SkipToken();
                }
            }
            SkipBrackets();
            return true;
        }
        if (Is("type") && FollowsName() && !Follows("in", "of", "instanceof"))
        {
            Advance();
            Advance();
            if (Is("<"))
            {
                SkipAngles();
            }
            Expect("=");
            Type();
            EndStatement();
            return true;
        }
        if (Is("declare") && (FollowsName() && !Follows("in", "of", "instanceof", "as", "satisfies")))
        {
            Ambient();
            return true;
        }
        return (Is("namespace") || Is("module")) && (FollowsName() || Following is { Kind: TokenKind.String, AfterNewLine: false }) && !Follows("in", "of", "instanceof", "as", "satisfies") && Namespace();
    }

    /// <summary>What <c>declare</c> declares is elsewhere.</summary>
    private void Ambient()
    {
        Advance();
        if (IsAny("type", "interface") && TypeOnly())
        {
            return;
        }
        if (Is("abstract"))
        {
            Advance();
        }
        if (Is("class"))
        {
            Class();
        }
        else if (IsAny("function", "async"))
        {
            Function();
            EndStatement();
        }
        else if (IsAny("var", "let", "const") && !Follows("enum"))
        {
            Variables(canHaveIn: true);
            EndStatement();
        }
        else
        {
            // An enum, a namespace, a module, the global scope: a body or none.
            while (!IsAny("{", ";") && _token.Kind != TokenKind.End && (!_token.AfterNewLine || Follows("{")))
            {
                SkipToken();
            }
            if (!Accept(";") && Is("{"))
            {
                SkipBrackets();
            }
        }
    }

    /// <summary>A namespace that holds only types holds nothing.</summary>
    private bool Namespace()
    {
        int start = _token.Start;
        Advance();
        Advance();
        while (Accept("."))
        {
            Advance();
        }
        Expect("{");
        while (!Accept("}"))
        {
            Accept("export");
            if (!Accept(";") && !TypeOnly())
            {
                throw Refused(start, "A namespace with values in it");
            }
        }
        return true;
    }

    private void Variables(bool canHaveIn)
    {
        do
        {
            Advance();
            Binding();
            if (Is("!"))
            {
                Blank(_token.Start, _token.End);
                Advance();
            }
            Annotation();
            if (Accept("="))
            {
                Assignment(canHaveIn);
            }
        }
        while (Is(","));
    }

    /// <summary>A statement that its first word tells, if it is one.</summary>
    private bool Controlled()
    {
        switch (Text)
        {
            case "if" or "while" or "with" or "switch":
                bool isIf = Is("if");
                Advance();
                Brackets();
                Statement();
                if (isIf && Accept("else"))
                {
                    Statement();
                }
                return true;
            case "for":
                For();
                return true;
            case "do":
                Advance();
                Statement();
                Expect("while");
                Brackets();
                Accept(";");
                return true;
            case "try":
                Advance();
                Block();
                Catch();
                return true;
            case "case":
                Advance();
                Expression();
                Expect(":");
                return true;
            case "default" when Follows(":"):
                Advance();
                Advance();
                return true;
            case "return" or "throw" or "break" or "continue" or "debugger":
                Advance();
                if (!_token.AfterNewLine && !IsAny(";", "}") && _token.Kind != TokenKind.End)
                {
                    Expression();
                }
                EndStatement();
                return true;
            default:
                return false;
        }
    }

    private void For()
    {
        Advance();
        Accept("await");
        Expect("(");
        if (IsAny("var", "const") || (Is("let") && (FollowsName() || Follows("[", "{"))))
        {
            Variables(canHaveIn: false);
        }
        else if (!Is(";"))
        {
            Expression(canHaveIn: false);
        }
        while (!Accept(")"))
        {
            if (!Accept(";") && !Accept("of") && !Accept("in"))
            {
                Expression();
            }
        }
        Statement();
    }

    private void Catch()
    {
        if (Accept("catch"))
        {
            if (Accept("("))
            {
                Binding();
                Annotation();
                Expect(")");
            }
            Block();
        }
        if (Accept("finally"))
        {
            Block();
        }
    }
}
