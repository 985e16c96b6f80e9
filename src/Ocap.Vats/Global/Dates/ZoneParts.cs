namespace Ocap.Vats.Global.Dates;

/// <summary>How far from UTC a date's text says that it is.</summary>
internal sealed class ZoneParts
{
    private int _sign = 1;

    internal int? Hour { get; set; }

    internal int? Minute { get; set; }

    internal bool IsEmpty => Hour is null;

    internal bool IsUtc => Hour == 0 && Minute == 0;

    /// <summary>Minutes east of UTC; where nothing is said, it is UTC.</summary>
    internal double Minutes => _sign * (((Hour ?? 0) * 60.0) + (Minute ?? 0));

    internal void Set(int hours)
    {
        _sign = hours < 0 ? -1 : 1;
        (Hour, Minute) = (hours * _sign, 0);
    }

    internal void Turn(int sign) => _sign = sign;

    internal bool ExpectsMinute(int number) => Hour is not null && Minute is null && TimeParts.IsMinute(number);
}
