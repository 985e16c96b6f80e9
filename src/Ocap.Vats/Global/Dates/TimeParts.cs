namespace Ocap.Vats.Global.Dates;

/// <summary>Hour, minute, second and millisecond of a date's text.</summary>
internal sealed class TimeParts
{
    private readonly int[] _numbers = new int[4];
    private int _count;
    private int? _half;

    internal bool IsEmpty => _count == 0;

    internal static bool IsHour(int number) => number is >= 0 and <= 23;

    internal static bool IsMinute(int number) => number is >= 0 and <= 59;

    /// <summary>It would be the next of them.</summary>
    internal bool Expects(int number) => _count switch { 1 or 2 => IsMinute(number), 3 => number is >= 0 and <= 999, _ => false };

    /// <summary>False if there are all four already.</summary>
    internal bool Add(int number)
    {
        if (_count == 4) return false;
        _numbers[_count++] = number;
        return true;
    }

    /// <summary>Adds the last that is written.</summary>
    internal void AddLast(int number)
    {
        Add(number);
        _count = 4;
    }

    /// <param name="hours">0 for the first half of the day, 12 for the second.</param>
    internal void Halve(int hours) => _half = hours;

    /// <summary>Since midnight; null for what is no time.</summary>
    internal int? Milliseconds()
    {
        int hour = _numbers[0], minute = _numbers[1], second = _numbers[2], millisecond = _numbers[3];
        if (_half is { } half)
        {
            if (hour > 12) return null;
            hour = (hour % 12) + half;
        }

        bool isTime = IsHour(hour) && IsMinute(minute) && IsMinute(second) && millisecond <= 999, isMidnight = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
        return isTime || isMidnight ? (((((hour * 60) + minute) * 60) + second) * 1000) + millisecond : null;
    }
}
