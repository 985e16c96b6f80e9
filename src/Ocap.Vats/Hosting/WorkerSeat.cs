using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;

namespace Ocap.Vats.Hosting;

/// <summary>A <see cref="VatToRun"/> as bytes: the payload of <see cref="HostMessage.Open"/>.</summary>
public static class WorkerSeat
{
    /// <summary>Encodes.</summary>
    public static ReadOnlyMemory<byte> Write(VatToRun vat)
    {
        var writer = new FrameWriter();
        writer.Number(vat.Id.Number);
        writer.Number(vat.Subcluster.Number);
        writer.Text(vat.Config);
        writer.Flag(vat.IsNew);
        return writer.Written;
    }

    /// <exception cref="FrameException">The bytes are no such frame.</exception>
    internal static VatToRun Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        return new VatToRun(new VatId(reader.Number()), new SubclusterId(reader.Number()), reader.Text()) { IsNew = reader.Flag() };
    }
}
