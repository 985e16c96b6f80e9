using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Queue;

/// <summary>An amount of messages.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Characters">Characters of their bodies.</param>
internal readonly record struct Sent(long Messages, long Characters)
{
    public static Sent operator +(Sent a, Sent b) => new(a.Messages + b.Messages, a.Characters + b.Characters);

    /// <summary>What a vat sends in one crank.</summary>
    internal static Sent By(CrankReport report)
    {
        var sum = default(Sent);
        for (int i = 0; i < report.Syscalls.Count; i++)
        {
            if (report.Syscalls[i] is SyscallSend send)
            {
                sum += new Sent(1, send.Methargs.Body.Length);
            }
        }

        return sum;
    }
}
