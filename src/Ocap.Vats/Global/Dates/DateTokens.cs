using System.Globalization;

namespace Ocap.Vats.Global.Dates;

/// <summary>Reads a date's text part by part, one ahead.</summary>
internal sealed class DateTokens
{
    private static readonly (string Word, DateTokenKind Kind, int Value)[] Words =
    [
        ("jan", DateTokenKind.Month, 1), ("feb", DateTokenKind.Month, 2), ("mar", DateTokenKind.Month, 3), ("apr", DateTokenKind.Month, 4),
        ("may", DateTokenKind.Month, 5), ("jun", DateTokenKind.Month, 6), ("jul", DateTokenKind.Month, 7), ("aug", DateTokenKind.Month, 8),
        ("sep", DateTokenKind.Month, 9), ("oct", DateTokenKind.Month, 10), ("nov", DateTokenKind.Month, 11), ("dec", DateTokenKind.Month, 12),
        ("am", DateTokenKind.AmPm, 0), ("pm", DateTokenKind.AmPm, 12),
        ("ut", DateTokenKind.Zone, 0), ("utc", DateTokenKind.Zone, 0), ("z", DateTokenKind.Zone, 0), ("gmt", DateTokenKind.Zone, 0),
        ("est", DateTokenKind.Zone, -5), ("edt", DateTokenKind.Zone, -4), ("cst", DateTokenKind.Zone, -6), ("cdt", DateTokenKind.Zone, -5),
        ("mst", DateTokenKind.Zone, -7), ("mdt", DateTokenKind.Zone, -6), ("pst", DateTokenKind.Zone, -8), ("pdt", DateTokenKind.Zone, -7),
        ("t", DateTokenKind.TimeFollows, 0),
    ];

    private readonly string _text;
    private int _at;

    internal DateTokens(string text)
    {
        _text = text;
        Peek = Scan();
    }

    internal DateToken Peek { get; private set; }

    internal DateToken PeekSecond
    {
        get
        {
            int at = _at;
            DateToken second = Scan();
            _at = at;
            return second;
        }
    }

    internal DateToken Next()
    {
        DateToken token = Peek;
        Peek = Scan();
        return token;
    }

    internal bool Skip(char symbol)
    {
        if (!Peek.Is(symbol)) return false;
        Next();
        return true;
    }

    private DateToken Scan()
    {
        if (_at >= _text.Length) return new DateToken(DateTokenKind.End);
        char first = _text[_at];
        if (char.IsAsciiDigit(first)) return Number();
        if (first is ':' or '-' or '+' or '.' or ')')
        {
            _at++;
            return new DateToken(DateTokenKind.Symbol, first);
        }

        if (IsOfWord(first)) return Word();
        if (first == '(')
        {
            SkipComment();
            return new DateToken(DateTokenKind.Other);
        }

        _at++;
        return new DateToken(IsSpace(first) ? DateTokenKind.WhiteSpace : DateTokenKind.Other);
    }

    private DateToken Number()
    {
        int start = _at, number = 0;
        while (_at < _text.Length && _text[_at] == '0') _at++;
        for (int digits = 0; _at < _text.Length && char.IsAsciiDigit(_text[_at]); _at++, digits++)
        {
            if (digits < 9) number = (number * 10) + (_text[_at] - '0');
        }

        return new DateToken(DateTokenKind.Number, number, _at - start);
    }

    // Three letters tell a word; only a month's name may have more.
    private DateToken Word()
    {
        int start = _at;
        while (_at < _text.Length && IsOfWord(_text[_at])) _at++;
        int length = _at - start;
        ReadOnlySpan<char> begin = _text.AsSpan(start, Math.Min(length, 3));
        foreach (var (word, kind, value) in Words)
        {
            if (begin.Equals(word, StringComparison.OrdinalIgnoreCase) && (length <= 3 || kind == DateTokenKind.Month)) return new DateToken(kind, value, length);
        }

        return new DateToken(DateTokenKind.Word, 0, length);
    }

    private void SkipComment()
    {
        int open = 0;
        do
        {
            open += _text[_at] switch { '(' => 1, ')' => -1, _ => 0 };
            _at++;
        }
        while (open > 0 && _at < _text.Length);
    }

    private static bool IsOfWord(char character) => character >= 'A' && !IsSpace(character);

    // What the language calls white space and line terminators.
    private static bool IsSpace(char character) => character is '\t' or '\v' or '\f' or '\n' or '\r' or ' ' or '\u00a0' or '\u2028' or '\u2029' or '\ufeff'
        || char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;
}
