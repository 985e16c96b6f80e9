namespace Ocap.Vats.Global.Dates;

internal enum DateTokenKind
{
    End,
    Number,
    Symbol,
    WhiteSpace,
    Month,
    AmPm,
    Zone,

    /// <summary>The letter T.</summary>
    TimeFollows,

    /// <summary>Any other word.</summary>
    Word,

    /// <summary>Any other character, or a comment in parentheses.</summary>
    Other,
}

/// <summary>A part of a date's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A number's value, its nine first digits behind zeros; a symbol's character; a month's number; the hours that <c>am</c> or <c>pm</c> adds; a zone's hours.</param>
/// <param name="Length">Characters of a number or a word.</param>
internal readonly record struct DateToken(DateTokenKind Kind, int Value = 0, int Length = 0)
{
    internal bool IsEnd => Kind == DateTokenKind.End;

    internal bool IsNumber => Kind == DateTokenKind.Number;

    /// <summary>The letter Z by itself.</summary>
    internal bool IsZulu => Kind == DateTokenKind.Zone && Length == 1;

    /// <summary>1 or -1 for a sign; 0 for anything else.</summary>
    internal int Sign => Is('+') ? 1 : Is('-') ? -1 : 0;

    internal bool Is(char symbol) => Kind == DateTokenKind.Symbol && Value == symbol;

    internal bool IsDigits(int length) => IsNumber && Length == length;

    /// <summary>A number that is the digits behind a point, in milliseconds.</summary>
    internal int Milliseconds
    {
        get
        {
            int number = Value, length = Math.Min(Length, 9);
            for (; length < 3; length++) number *= 10;
            for (; length > 3; length--) number /= 10;
            return number;
        }
    }
}
