namespace Ocap.Bundler.TypeScript;

/// <content>Classes and their members.</content>
internal sealed partial class TypeEraser
{
    private static readonly string[] TypeModifiers = ["public", "private", "protected", "readonly", "abstract", "override", "declare"];
    private static readonly string[] Modifiers = [.. TypeModifiers, "static", "async", "get", "set", "accessor"];

    private void Class()
    {
        Expect("class");
        if (IsName && !IsAny("extends", "implements"))
        {
            Advance();
        }
        TypeParameters();
        if (Accept("extends"))
        {
            Heritage();
        }
        if (Is("implements"))
        {
            int start = _token.Start;
            do
            {
                Advance();
                Type();
            }
            while (Is(","));
            Blank(start, _lastEnd);
        }
        Nested(() =>
        {
            Expect("{");
            while (!Accept("}"))
            {
                Member();
            }
        });
    }

    private void Heritage()
    {
        Operand();
        do
        {
            Chain(canHaveTypeArguments: false);
        }
        while (Is("<") && Try(() =>
        {
            int start = _token.Start;
            TypeArguments();
            Blank(start, _lastEnd);
            return true;
        }));
    }

    private void Member()
    {
        if (Accept(";"))
        {
            return;
        }
        if (Is("@"))
        {
            throw Refused(_token.Start, "A decorator");
        }
        int start = _token.Start;
        if (Is("static") && Follows("{"))
        {
            Advance();
            Block();
            return;
        }
        bool isGone = false;
        while (IsAny(Modifiers) && IsModifier())
        {
            isGone |= IsAny("abstract", "declare");
            if (IsAny(TypeModifiers))
            {
                Blank(_token.Start, _token.End);
                if (_token.Start == start)
                {
                    // Without it, `[x]` or `*x` would go on with the member before.
                    Put(start, ';');
                }
            }
            Advance();
        }
        Accept("*");
        if (Is("[") && Try(IndexSignature))
        {
            BlankWhole(start);
            return;
        }
        bool isConstructor = Is("constructor");
        Key();
        while (IsAny("?", "!"))
        {
            Blank(_token.Start, _token.End);
            Advance();
        }
        bool isWhole = IsAny("(", "<") ? Method(isConstructor) : Field();
        if (!isWhole || isGone)
        {
            BlankWhole(start);
        }
    }

    private bool IsModifier() => !Follows("(", "=", ";", ":", "?", "!", ",", "}", "<") && (!Following.AfterNewLine || IsAny("static", "get", "set"));

    private bool IndexSignature()
    {
        Advance();
        Advance();
        if (!Is(":"))
        {
            return false;
        }
        Advance();
        Type();
        Expect("]");
        if (Accept(":"))
        {
            Type();
        }
        EndStatement();
        return true;
    }

    private bool Method(bool isConstructor)
    {
        Signature(isConstructor);
        if (Is("{"))
        {
            Block();
            return true;
        }
        EndStatement();
        return false;
    }

    private bool Field()
    {
        int annotation = _token.Start;
        bool isTyped = Annotation();
        if (Accept("="))
        {
            Assignment();
        }
        else if (isTyped)
        {
            // A field called `get` would make a getter of the member after it.
            Put(annotation, ';');
        }
        EndStatement();
        return true;
    }
}
