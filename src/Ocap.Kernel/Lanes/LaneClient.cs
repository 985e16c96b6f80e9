using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Lanes;

/// <summary>One incarnation of a vat, as its worker sees the kernel. What comes from an ended incarnation is discarded unread (K13).</summary>
internal sealed class LaneClient(KernelCore core, Lane lane, int incarnation, Action<Lane, CrankReport> finished) : IVatWorkerClient
{
    public void CrankFinished(ReadOnlyMemory<byte> report) => core.Powers.Post(() =>
    {
        if (lane.Incarnation == incarnation && lane.Crank is not null)
        {
            finished(lane, Read(report));
        }
    });

    public string? VatstoreGet(string key) => Read(() => core.State.VatGet(lane.Vat, key));

    public KeyValuePair<string, string>? VatstoreGetNext(string key) => Read(() => core.State.VatGetNext(lane.Vat, key));

    public void Log(string level, string text) => core.Powers.Log(level, $"[{lane.Vat} {lane.Name}] {text}");

    /// <summary>A store that cannot be read is no fault of the vat: it must not end for it.</summary>
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (KernelStoreException unreadable)
        {
            core.Powers.Fatal(unreadable.Message);
            throw;
        }
    }

    private static CrankReport Read(ReadOnlyMemory<byte> report)
    {
        try
        {
            return Vats.Wire.ReportFrame.Read(report.Span);
        }
        catch (Vats.Wire.FrameException damaged)
        {
            return new CrankReport { Fault = new VatFault("INTERNAL_ERROR", $"the vat's report cannot be read: {damaged.Message}") };
        }
    }
}
