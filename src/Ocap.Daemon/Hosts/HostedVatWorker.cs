using System.Diagnostics;
using System.Runtime.Versioning;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>A worker whose vat runs in a vat host: it passes on deliveries and reports, and says when the host is gone.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostedVatWorker(RunningHost host, int number, VatToRun vat, IVatWorkerClient client, OwnBundle bundle) : IVatWorker
{
    /// <summary>A longer report is taken apart on a thread of its own: the one that hears it hears the host's other vats too.</summary>
    private const int LongReport = 256 * 1024;

    private Task _report = Task.CompletedTask;
    private long _deliveredAt;
    private bool _hasBegun;
    private int _isAsking;

    internal int Number => number;

    internal VatId Vat => vat.Id;

    internal IVatWorkerClient Client => client;

    /// <summary>When the running crank was handed over (a timestamp), or 0 when there is none.</summary>
    internal long DeliveredAt => Volatile.Read(ref _deliveredAt);

    public void Deliver(ReadOnlyMemory<byte> delivery)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            bundle.Allow(DeliveryFrame.Read(delivery.Span));
        }

        Volatile.Write(ref _deliveredAt, Stopwatch.GetTimestamp());
        host.Deliver(number, delivery.Span);
    }

    public void End() => host.Close(this);

    /// <summary>The host reports the end of the crank.</summary>
    /// <exception cref="FrameException">It was given none.</exception>
    internal void Finished(ReadOnlySpan<byte> report)
    {
        if (Interlocked.Exchange(ref _deliveredAt, 0) == 0)
        {
            throw new FrameException("a crank is reported that was not delivered");
        }

        byte[] kept = report.ToArray();
        if (kept.Length <= LongReport)
        {
            client.CrankFinished(kept);
            return;
        }

        // Its turn may be long in coming: that must not cost the pool a thread.
        _report = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    client.CrankFinished(kept);
                }
                catch (Exception nonsense)
                {
                    host.GiveUp(nonsense);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Its client is told that it is lost, after what it had reported before.</summary>
    internal void Lost(string reason, bool isSuspect)
    {
        _report.Wait();
        client.Lost(reason, isSuspect);
    }

    /// <summary>Answers what the vat's thread asks and waits for.</summary>
    /// <exception cref="FrameException">It asks again before it was answered.</exception>
    internal void Answer(ReadOnlySpan<byte> question, HostLink link)
    {
        if (!WorkerQuestion.IsSlow(question))
        {
            link.Send(HostMessage.Answer, number, WorkerQuestion.Answer(question, client, bundle).Span);
            return;
        }

        if (Interlocked.Exchange(ref _isAsking, 1) != 0)
        {
            throw new FrameException("a worker asks again before it was answered");
        }

        byte[] kept = question.ToArray();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                ReadOnlyMemory<byte> answer = WorkerQuestion.Answer(kept, client, bundle);
                Volatile.Write(ref _isAsking, 0);
                link.Send(HostMessage.Answer, number, answer.Span);
            },
            null);
    }
}
