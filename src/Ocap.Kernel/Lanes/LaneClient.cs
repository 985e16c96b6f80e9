using Ocap.Kernel.Outside;
using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Lanes;

/// <summary>How cranks come to an end. Called on the kernel's thread.</summary>
internal interface ICrankEvents
{
    /// <summary>The crank that a lane executes has come to its end.</summary>
    void Finished(Lane lane, CrankReport report);

    /// <summary>A lane's worker is gone, with the crank it may have been executing.</summary>
    void Lost(Lane lane, string reason, bool isSuspect);
}

/// <summary>One incarnation of a vat, as its worker sees the kernel. What comes from an ended incarnation is discarded unread (K13).</summary>
internal sealed class LaneClient(KernelCore core, Lane lane, ICrankEvents events) : IVatWorkerClient, IOutsideClient
{
    /// <summary>Bytes of a report that are worth reading before the kernel's turn comes, which is everybody's.</summary>
    private const int WorthReadingAhead = 64 * 1024;

    private readonly int _incarnation = lane.Incarnation;

    /// <summary>The outside world of this incarnation.</summary>
    internal IVatOutside? World { get; set; }

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
        if (report.Length <= WorthReadingAhead)
        {
            core.Powers.Post(() =>
            {
                if (IsAwaited)
                {
                    events.Finished(lane, Read(report));
                }
            });
            return;
        }

        // Read here or there, nothing comes of it if it is stale.
        IDisposable? room = report.Length > core.Options.LongReport ? core.LongReports.Take(report.Length) : null;
        try
        {
            FinishWith(Read(report), room);
        }
        catch
        {
            // Whoever brought it hears of that; others must not wait for ever.
            room?.Dispose();
            throw;
        }
    }

    /// <summary>The bytes are not kept until the kernel's turn comes.</summary>
    private void FinishWith(CrankReport report, IDisposable? room) => core.Powers.Post(() =>
    {
        bool isKept = false;
        try
        {
            if (IsAwaited)
            {
                events.Finished(lane, report);
                isKept = core.LargeCranks.Of(lane)?.TryKeep(room) == true;
            }
        }
        finally
        {
            if (!isKept)
            {
                room?.Dispose();
            }
        }
    });

    private bool IsAwaited => lane.Incarnation == _incarnation && lane.Crank is not null;

    public void Lost(string reason, bool isSuspect) => core.Powers.Post(() =>
    {
        if (lane.Incarnation == _incarnation)
        {
            events.Lost(lane, reason, isSuspect);
        }
    });

    public void Happened(long id, OutsideEvent happening) => core.Powers.Post(() =>
    {
        if (lane.Incarnation == _incarnation)
        {
            lane.Outside.Arrived(core.NextArrival(), id, happening);
            core.Lanes.Update(lane.Vat, core.Queue);
        }
    });

    public FileProbe FileExists(string path) => World?.FileExists(path) ?? default;

    public string? VatstoreGet(string key) => Read(() => core.State.VatGet(lane.Vat, key));

    public KeyValuePair<string, string>? VatstoreGetNext(string key) => Read(() => core.State.VatGetNext(lane.Vat, key));

    /// <summary>A host that leaves nothing out by itself is not trusted to.</summary>
    public void Log(string level, string text)
    {
        if (!lane.Console.TryTake(text.Length, core.Powers.Milliseconds, out string? note))
        {
            return;
        }

        if (note is not null)
        {
            core.Powers.Log("warn", $"[{lane.Vat} {lane.Name}] {note}");
        }

        core.Powers.Log(level, $"[{lane.Vat} {lane.Name}] {text}");
    }

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
