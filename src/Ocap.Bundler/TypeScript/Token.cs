namespace Ocap.Bundler.TypeScript;

internal enum TokenKind
{
    End,

    /// <summary>An identifier or keyword.</summary>
    Name,

    /// <summary><c>#name</c>.</summary>
    PrivateName,

    Number,
    String,

    /// <summary>An opening backquote; what follows is read by whoever parses the template.</summary>
    Backquote,

    RegularExpression,
    Punctuator,
}

/// <summary>A token at [Start, End).</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, bool AfterNewLine);
