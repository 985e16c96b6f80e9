namespace Ocap.Vats.Global.Dates;

/// <summary>
/// Dates as people and other programs write them: <c>Nov 29, 2026 10:00 pm GMT+1</c>, <c>11/29/26</c>, <c>29-Nov-2026</c>. Words before the first number say nothing,
/// nor do comments in parentheses; numbers with a colon are times, a sign behind a time or a zone begins an offset, all other numbers are the date.
/// </summary>
internal static class LooseDateText
{
    /// <returns>False for what is no date.</returns>
    internal static bool Read(DateTokens tokens, DayParts day, TimeParts time, ZoneParts zone)
    {
        for (bool hasNumber = !day.IsEmpty; !tokens.Peek.IsEnd;)
        {
            DateToken token = tokens.Next();
            if (token.IsNumber)
            {
                hasNumber = true;
                if (!ReadNumber(token.Value, tokens, day, time, zone)) return false;
            }
            else if (token.Kind is DateTokenKind.Month or DateTokenKind.AmPm or DateTokenKind.Zone or DateTokenKind.TimeFollows or DateTokenKind.Word)
            {
                if (!ReadWord(token, hasNumber, tokens, day, time, zone)) return false;
            }
            else if (token.Sign != 0 && (zone.IsUtc || !time.IsEmpty))
            {
                hasNumber = true;
                if (!ReadOffset(token.Sign, tokens, zone)) return false;
            }
            else if ((token.Sign != 0 || token.Is(')')) && hasNumber)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadNumber(int number, DateTokens tokens, DayParts day, TimeParts time, ZoneParts zone)
    {
        if (tokens.Skip(':'))
        {
            if (!tokens.Skip(':'))
            {
                if (!time.Add(number)) return false;
                tokens.Skip('.');
                return true;
            }

            return time.IsEmpty && time.Add(number) && time.Add(0);
        }

        if (tokens.Skip('.') && time.Expects(number))
        {
            time.Add(number);
            if (!tokens.Peek.IsNumber) return false;
            time.AddLast(tokens.Next().Milliseconds);
            return true;
        }

        if (zone.ExpectsMinute(number))
        {
            zone.Minute = number;
            return true;
        }

        if (time.Expects(number))
        {
            time.AddLast(number);
            return tokens.Peek is { IsEnd: true } or { Kind: DateTokenKind.WhiteSpace } or { IsZulu: true } or { Sign: not 0 };
        }

        if (!day.Add(number)) return false;
        tokens.Skip('-');
        return true;
    }

    private static bool ReadWord(DateToken word, bool hasNumber, DateTokens tokens, DayParts day, TimeParts time, ZoneParts zone)
    {
        switch (word.Kind)
        {
            case DateTokenKind.AmPm when !time.IsEmpty:
                time.Halve(word.Value);
                return true;
            case DateTokenKind.Month:
                day.Name(word.Value);
                tokens.Skip('-');
                return true;
            case DateTokenKind.Zone when hasNumber:
                zone.Set(word.Value);
                return true;
            default:
                return !hasNumber && !tokens.Peek.IsNumber;
        }
    }

    private static bool ReadOffset(int sign, DateTokens tokens, ZoneParts zone)
    {
        zone.Turn(sign);
        DateToken number = tokens.Peek.IsNumber ? tokens.Next() : default;
        if (tokens.Peek.Is(':'))
        {
            (zone.Hour, zone.Minute) = (number.Value, null);
            return true;
        }

        (zone.Hour, zone.Minute) = number.Length <= 2 ? (number.Value, 0) : (number.Value / 100, number.Value % 100);
        return number.Length is >= 1 and <= 4;
    }
}
