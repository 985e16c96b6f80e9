namespace Ocap.Vats.Global.Dates;

internal enum IsoResult
{
    /// <summary>The whole text is a date.</summary>
    Whole,

    /// <summary>It is not in this format; what was read of it is noted, and the rest may be in another.</summary>
    Other,

    /// <summary>It has a time as only this format has, and a mistake in it.</summary>
    Wrong,
}

/// <summary>The language's own format: <c>2026-11-29</c>, <c>2026-11-29T12:34:56.789Z</c>, years of six digits with a sign; <c>+0130</c> beside <c>+01:30</c>.</summary>
internal static class IsoDateText
{
    internal static IsoResult Read(DateTokens tokens, DayParts day, TimeParts time, ZoneParts zone)
    {
        if (!ReadDay(tokens, day)) return IsoResult.Other;
        if (tokens.Peek.Kind == DateTokenKind.TimeFollows)
        {
            tokens.Next();
            if (!ReadTime(tokens, time) || !ReadZone(tokens, zone) || !tokens.Peek.IsEnd) return IsoResult.Wrong;
        }
        else if (!tokens.Peek.IsEnd)
        {
            return IsoResult.Other;
        }

        if (zone.IsEmpty && time.IsEmpty) zone.Set(0);
        day.IsIso = true;
        return IsoResult.Whole;
    }

    private static bool ReadDay(DateTokens tokens, DayParts day)
    {
        if (tokens.Peek.Sign is not 0 and var sign)
        {
            // The sign stays where it is when it is not a year's. There is no year -0.
            if (!tokens.PeekSecond.IsDigits(6)) return false;
            tokens.Next();
            int year = tokens.Next().Value;
            if (sign < 0 && year == 0) return false;
            day.Add(sign * year);
        }
        else if (tokens.Peek.IsDigits(4))
        {
            day.Add(tokens.Next().Value);
        }
        else
        {
            return false;
        }

        for (int part = 0; part < 2 && tokens.Skip('-'); part++)
        {
            if (!tokens.Peek.IsDigits(2) || !(part == 0 ? DayParts.IsMonth(tokens.Peek.Value) : DayParts.IsDay(tokens.Peek.Value))) return false;
            day.Add(tokens.Next().Value);
        }

        return true;
    }

    private static bool ReadTime(DateTokens tokens, TimeParts time)
    {
        if (!tokens.Peek.IsDigits(2) || tokens.Peek.Value > 24) return false;
        // 24:00 is midnight; no other time begins with 24.
        int most = tokens.Peek.Value == 24 ? 0 : 59;
        time.Add(tokens.Next().Value);
        if (!tokens.Skip(':') || !AddSixtieth()) return false;
        if (!tokens.Skip(':')) return true;
        if (!AddSixtieth()) return false;
        if (!tokens.Skip('.')) return true;
        if (!tokens.Peek.IsNumber || (most == 0 && tokens.Peek.Value > 0)) return false;
        time.Add(tokens.Next().Milliseconds);
        return true;

        bool AddSixtieth() => tokens.Peek.IsDigits(2) && tokens.Peek.Value <= most && time.Add(tokens.Next().Value);
    }

    private static bool ReadZone(DateTokens tokens, ZoneParts zone)
    {
        if (tokens.Peek.IsZulu)
        {
            tokens.Next();
            zone.Set(0);
            return true;
        }

        if (tokens.Peek.Sign == 0) return true;
        zone.Turn(tokens.Next().Sign);
        if (tokens.Peek.IsDigits(4))
        {
            int both = tokens.Next().Value;
            (zone.Hour, zone.Minute) = (both / 100, both % 100);
        }
        else
        {
            if (!tokens.Peek.IsDigits(2)) return false;
            zone.Hour = tokens.Next().Value;
            if (!tokens.Skip(':') || !tokens.Peek.IsDigits(2)) return false;
            zone.Minute = tokens.Next().Value;
        }

        return TimeParts.IsHour(zone.Hour.Value) && TimeParts.IsMinute(zone.Minute.Value);
    }
}
