namespace Ocap.Vats.Global.Dates;

/// <summary>
/// What <c>Date.parse</c> makes of a text: the language's own format (ECMA-262 §21.4.1.32), and any other as V8 reads it, whose users' data that is. A vat's local time
/// is UTC, and no text tells what day it is: what is missing is 2001 or the first, never today's. (The engine's own parser filled in today's date and year.)
/// </summary>
internal static class DateText
{
    private const double MostMilliseconds = 8.64e15;

    /// <summary>Milliseconds since 1970, or NaN for what is no date.</summary>
    internal static double Parse(string text)
    {
        var tokens = new DateTokens(text);
        DayParts day = new();
        TimeParts time = new();
        ZoneParts zone = new();
        return IsoDateText.Read(tokens, day, time, zone) switch
        {
            IsoResult.Wrong => double.NaN,
            IsoResult.Whole => Value(day, time, zone),
            _ => LooseDateText.Read(tokens, day, time, zone) ? Value(day, time, zone) : double.NaN,
        };
    }

    private static double Value(DayParts day, TimeParts time, ZoneParts zone)
    {
        if (day.Date() is not { } date || time.Milliseconds() is not { } inDay || Math.Abs(zone.Minutes) * 60 > int.MaxValue) return double.NaN;
        double value = (DaysSince1970(date.Year, date.Month, date.Day) * 86_400_000) + inDay - (zone.Minutes * 60_000);
        return Math.Abs(value) <= MostMilliseconds ? value : double.NaN;
    }

    // The proleptic Gregorian calendar, years of any size; a day past a month's end is one of the next month.
    private static double DaysSince1970(int year, int month, int day)
    {
        // Years that begin in March end with the leap day.
        long years = month > 2 ? year : year - 1L, era = (long)Math.Floor(years / 400.0), inEra = years - (era * 400);
        long inYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5;
        return (era * 146_097) + (inEra * 365) + (inEra / 4) - (inEra / 100) + inYear - 719_468 + (day - 1);
    }
}
