namespace Ocap.Vats.Global.Dates;

/// <summary>The numbers of a date, and its month if that has a name, in the order they came in.</summary>
internal sealed class DayParts
{
    private readonly int[] _numbers = new int[3];
    private int _count;
    private int? _month;

    internal bool IsEmpty => _count == 0;

    /// <summary>Year, month and day in that order, and the year is what is written.</summary>
    internal bool IsIso { get; set; }

    internal static bool IsMonth(int number) => number is >= 1 and <= 12;

    internal static bool IsDay(int number) => number is >= 1 and <= 31;

    /// <summary>False if there are three already.</summary>
    internal bool Add(int number)
    {
        if (_count == 3) return false;
        _numbers[_count++] = number;
        return true;
    }

    internal void Name(int month) => _month = month;

    /// <summary>The date, or null if it is none. What is missing is 1: a year too, which is 2001.</summary>
    internal (int Year, int Month, int Day)? Date()
    {
        if (_count == 0) return null;
        _numbers.AsSpan(_count).Fill(1);
        bool yearFirst = !IsDay(_numbers[0]);
        var (year, month, day) = _month is { } named
            ? yearFirst ? (_numbers[0], named, _numbers[1]) : (_numbers[1], named, _numbers[0])
            : IsIso || yearFirst ? (_numbers[0], _numbers[1], _numbers[2]) : (_numbers[2], _numbers[0], _numbers[1]);
        if (!IsIso) year += year is >= 0 and <= 49 ? 2000 : year is >= 50 and <= 99 ? 1900 : 0;
        return IsMonth(month) && IsDay(day) ? (year, month, day) : null;
    }
}
