using Ocap.Kernel.Vats.Wire;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Hosting;

/// <summary>What a vat host is for, told to it before anything else.</summary>
/// <param name="RetainedInAll">Bytes that its heap may hold before vats are ended for what they hold.</param>
public sealed record HostPlan(long RetainedInAll)
{
    /// <summary>What the heap of a host for many vats may hold.</summary>
    public static long RetainedByMany => VatLimits.Default.RetainedInAll;

    /// <summary>The plan as bytes.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var writer = new FrameWriter();
        writer.Number(RetainedInAll);
        return writer.Written;
    }

    /// <exception cref="FrameException">The bytes are no plan.</exception>
    internal static HostPlan Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        return new HostPlan(reader.Number());
    }
}
