namespace Ocap.Bundler.TypeScript;

/// <summary>
/// Cuts a source into tokens, one at a time. What a slash means only the parser knows, and angle brackets come singly, for in types they close one by one:
/// the parser asks for the longer reading where there is one.
/// </summary>
internal sealed class Scanner(string text)
{
    // Longest first.
    private static readonly string[] Punctuators =
    [
        "...", "===", "!==", "**=", "&&=", "||=", "??=", "=>", "==", "!=", "++", "--", "&&", "||", "??", "?.", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**",
    ];

    private static readonly string[] Angles = [">>>=", "<<=", ">>=", ">>>", "<<", ">>", "<=", ">="];

    /// <summary>The token at or after <paramref name="at"/>.</summary>
    public Token Next(int at)
    {
        bool newLine = false;
        int start = SkipBlanks(at, ref newLine);
        if (start >= text.Length)
        {
            return new Token(TokenKind.End, text.Length, text.Length, newLine);
        }
        char c = text[start];
        if (IsNameStart(c))
        {
            return new Token(TokenKind.Name, start, NameEnd(start), newLine);
        }
        if (c == '#' && start + 1 < text.Length && IsNameStart(text[start + 1]))
        {
            return new Token(TokenKind.PrivateName, start, NameEnd(start + 1), newLine);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
        {
            return new Token(TokenKind.Number, start, NumberEnd(start), newLine);
        }
        return c switch
        {
            '"' or '\'' => new Token(TokenKind.String, start, StringEnd(start), newLine),
            '`' => new Token(TokenKind.Backquote, start, start + 1, newLine),
            _ => new Token(TokenKind.Punctuator, start, start + PunctuatorLength(start), newLine),
        };
    }

    /// <summary>The whole operator that starts with the angle bracket at <paramref name="token"/>.</summary>
    public Token WholeAngle(Token token)
    {
        string? longer = Array.Find(Angles, p => IsAt(token.Start, p));
        return longer is null ? token : token with { End = token.Start + longer.Length };
    }

    /// <summary>The regular expression that starts with the slash at <paramref name="token"/>.</summary>
    public Token WholeRegularExpression(Token token)
    {
        bool inClass = false;
        for (int i = token.Start + 1; i < text.Length && !IsLineEnd(text[i]); i++)
        {
            switch (text[i])
            {
                case '\\': i++; break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '/' when !inClass: return token with { Kind = TokenKind.RegularExpression, End = NameEnd(i + 1) };
            }
        }
        throw new TypeScriptException(token.Start, "This regular expression does not end on its line.");
    }

    /// <summary>Where the characters of a template from <paramref name="at"/> end: after <c>${</c>, or after the closing backquote.</summary>
    public int TemplatePart(int at, out bool isLast)
    {
        for (int i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\': i++; break;
                case '`':
                    isLast = true;
                    return i + 1;
                case '$' when i + 1 < text.Length && text[i + 1] == '{':
                    isLast = false;
                    return i + 2;
            }
        }
        throw new TypeScriptException(at, "This template does not end.");
    }

    public static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$' or '\\' || char.IsSurrogate(c) || (c > '\u007f' && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.LetterNumber);

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || (c > '\u007f' && !char.IsWhiteSpace(c) && c is not '\uFEFF' && !char.IsPunctuation(c)) || c is '\u200c' or '\u200d';

    private bool IsAt(int index, string part) => string.CompareOrdinal(text, index, part, 0, part.Length) == 0;

    private int SkipBlanks(int at, ref bool newLine)
    {
        while (at < text.Length)
        {
            char c = text[at];
            if (IsLineEnd(c))
            {
                newLine = true;
                at++;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                at++;
            }
            else if (IsAt(at, "//") || (at == 0 && IsAt(at, "#!")))
            {
                int end = text.AsSpan(at).IndexOfAny("\r\n\u2028\u2029");
                at = end < 0 ? text.Length : at + end;
            }
            else if (IsAt(at, "/*"))
            {
                int end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw new TypeScriptException(at, "This comment does not end.");
                }
                newLine |= text.AsSpan(at, end - at).IndexOfAny("\r\n\u2028\u2029") >= 0;
                at = end + 2;
            }
            else
            {
                break;
            }
        }
        return at;
    }

    private int NameEnd(int at)
    {
        while (at < text.Length && IsNamePart(text[at]))
        {
            at = IsAt(at, "\\u{") ? text.IndexOf('}', at) is > 0 and var end ? end + 1 : text.Length : at + 1;
        }
        return at;
    }

    private int NumberEnd(int at)
    {
        bool isDecimal = !(text[at] == '0' && at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]));
        for (; at < text.Length; at++)
        {
            char c = text[at];
            bool isExponentSign = isDecimal && c is '+' or '-' && text[at - 1] is 'e' or 'E' && isDecimal;
            if (!char.IsAsciiLetterOrDigit(c) && c != '_' && !(c == '.' && isDecimal) && !isExponentSign)
            {
                break;
            }
        }
        return at;
    }

    private int StringEnd(int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i + 1;
            }
            else if (text[i] is '\n' or '\r')
            {
                break;
            }
        }
        throw new TypeScriptException(start, "This string does not end on its line.");
    }

    private int PunctuatorLength(int start)
    {
        string? longer = Array.Find(Punctuators, p => IsAt(start, p));
        // `a?.5:b` is a condition.
        bool isCondition = longer is "?." && start + 2 < text.Length && char.IsAsciiDigit(text[start + 2]);
        return longer is null || isCondition ? 1 : longer.Length;
    }
}
