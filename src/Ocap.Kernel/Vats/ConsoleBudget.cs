namespace Ocap.Kernel.Vats;

/// <summary>
/// How much of what a vat writes to its console is passed on: much at once, then only so much a second. The log has room for ten megabytes of everybody's lines,
/// and a vat could write that in a second. What is left out is counted. Safe for any thread.
/// </summary>
public sealed class ConsoleBudget
{
    /// <summary>Characters that are passed on at once.</summary>
    public const int AtOnce = 256 * 1024;

    /// <summary>Characters a second that are passed on in the long run.</summary>
    public const int PerSecond = 16 * 1024;

    /// <summary>What a line costs besides its characters: the time, the level and the vat stand before them.</summary>
    private const int OfALine = 64;

    private readonly Lock _lock = new();
    private double _left = AtOnce;
    private long _since;
    private long _leftOut;

    /// <summary>Whether a line is passed on now.</summary>
    /// <param name="characters">Its length.</param>
    /// <param name="milliseconds">The time since any fixed moment.</param>
    /// <param name="note">What is to be passed on before it, or null.</param>
    public bool TryTake(int characters, long milliseconds, out string? note)
    {
        lock (_lock)
        {
            _left = Math.Min(AtOnce, _left + ((milliseconds - _since) * PerSecond / 1_000d));
            _since = milliseconds;
            note = null;

            // A line that is longer than all there can be goes when there is all.
            long cost = Math.Min(AtOnce, characters + (long)OfALine);
            if (_left < cost)
            {
                _leftOut++;
                return false;
            }

            _left -= cost;
            if (_leftOut > 0)
            {
                note = $"{_leftOut} {(_leftOut == 1 ? "line" : "lines")} left out: a vat may write {AtOnce >> 10} KiB at once, and {PerSecond >> 10} KiB a second after that";
                _leftOut = 0;
            }

            return true;
        }
    }
}
