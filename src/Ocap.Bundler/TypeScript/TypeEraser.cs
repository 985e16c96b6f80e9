namespace Ocap.Bundler.TypeScript;

/// <summary>
/// Makes JavaScript of TypeScript by writing blanks over what is only there for types, so that every character that is left stays in its place. It follows the
/// grammar far enough to know types from expressions, and checks nothing: what is wrong with the JavaScript, its parser says. What has a meaning at run time
/// that JavaScript lacks (enums, namespaces with values, parameter properties, decorators, import =, export =) is refused.
/// </summary>
internal sealed partial class TypeEraser
{
    private readonly string _text;
    private readonly Scanner _scanner;

    // In the order found; a later one may write over an earlier one.
    private readonly List<(int Start, int End, char Fill)> _erased = [];

    private Token _token;
    private int _lastEnd;

    private TypeEraser(string text)
    {
        _text = text;
        _scanner = new Scanner(text);
        _token = _scanner.Next(0);
    }

    /// <summary>The JavaScript in a TypeScript module, of the same length.</summary>
    /// <exception cref="TypeScriptException">It has something that cannot be erased.</exception>
    public static string Erase(string text)
    {
        var eraser = new TypeEraser(text);
        while (eraser._token.Kind != TokenKind.End)
        {
            eraser.Statement();
        }
        return string.Create(text.Length, eraser, static (result, eraser) =>
        {
            eraser._text.CopyTo(result);
            foreach (var (start, end, fill) in eraser._erased)
            {
                for (int i = start; i < end; i++)
                {
                    if (!Scanner.IsLineEnd(result[i]))
                    {
                        result[i] = fill;
                    }
                }
            }
        });
    }

    private ReadOnlySpan<char> Text => _text.AsSpan(_token.Start, _token.End - _token.Start);

    private bool Is(ReadOnlySpan<char> text) => _token.Kind is TokenKind.Name or TokenKind.Punctuator && Text.SequenceEqual(text);

    private bool IsName => _token.Kind == TokenKind.Name;

    private bool IsAny(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            if (Is(text))
            {
                return true;
            }
        }
        return false;
    }

    private void Advance()
    {
        _lastEnd = _token.End;
        _token = _scanner.Next(_token.End);
    }

    private bool Accept(ReadOnlySpan<char> text)
    {
        if (!Is(text))
        {
            return false;
        }
        Advance();
        return true;
    }

    private void Expect(ReadOnlySpan<char> text)
    {
        if (!Accept(text))
        {
            throw Unexpected();
        }
    }

    private TypeScriptException Unexpected() =>
        new(_token.Start, _token.Kind == TokenKind.End ? "The source ends too early." : $"Unexpected token '{Text}'.");

    private TypeScriptException Refused(int at, string what) => new(at, $"{what} cannot be erased: a vat's TypeScript may only have what disappears without its types.");

    /// <summary>The token after this one.</summary>
    private Token Following => _scanner.Next(_token.End);

    private bool Follows(params ReadOnlySpan<string> texts)
    {
        Token next = Following;
        ReadOnlySpan<char> text = _text.AsSpan(next.Start, next.End - next.Start);
        foreach (string wanted in texts)
        {
            if (text.SequenceEqual(wanted))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A name on the same line, as contextual keywords need one.</summary>
    private bool FollowsName() => Following is { Kind: TokenKind.Name, AfterNewLine: false };

    private void Blank(int start, int end) => _erased.Add((start, end, ' '));

    private void Put(int at, char c) => _erased.Add((at, at + 1, c));

    /// <summary>Erases a statement or member. A semicolon in its place keeps its neighbours apart.</summary>
    private void BlankWhole(int start)
    {
        Blank(start, _lastEnd);
        Put(start, ';');
    }

    private void EndStatement()
    {
        if (!Accept(";") && !Is("}") && _token.Kind != TokenKind.End && !_token.AfterNewLine)
        {
            throw Unexpected();
        }
    }

    /// <summary>Tries a reading; when it fails, everything is as before.</summary>
    private bool Try(Func<bool> reading)
    {
        var (token, lastEnd, erased) = (_token, _lastEnd, _erased.Count);
        try
        {
            if (reading())
            {
                return true;
            }
        }
        catch (TypeScriptException)
        {
            // It was something else.
        }
        (_token, _lastEnd) = (token, lastEnd);
        _erased.RemoveRange(erased, _erased.Count - erased);
        return false;
    }

    private bool HasNewLine(int start, int end) => _text.AsSpan(start, end - start).IndexOfAny("\r\n\u2028\u2029") >= 0;
}
