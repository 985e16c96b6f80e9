using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Lanes;

/// <summary>Where a vat's lane stands.</summary>
internal enum LaneState : byte
{
    /// <summary>No heap yet; it gets one when it is first needed or when there is time.</summary>
    Asleep,

    /// <summary>Its <c>startVat</c> is executing.</summary>
    Starting,

    /// <summary>Takes deliveries, one at a time.</summary>
    Running,

    /// <summary>Could not start; its items wait (K12).</summary>
    Failed,

    /// <summary>The vat has ended.</summary>
    Ended,
}

/// <summary>A vat in memory: its worker and the one crank it may be executing.</summary>
internal sealed class Lane(VatId vat, SubclusterId subcluster, string name, string config, string? parameters)
{
    internal VatId Vat => vat;

    internal SubclusterId Subcluster => subcluster;

    internal string Name => name;

    /// <summary>Stored configuration, JSON text.</summary>
    internal string Config => config;

    /// <summary>JSON text of the configured parameters, or null.</summary>
    internal string? Parameters => parameters;

    internal LaneState State { get; set; }

    /// <summary>Why it is <see cref="LaneState.Failed"/>, or asleep until <see cref="StartsAt"/>.</summary>
    internal string? Reason { get; set; }

    /// <summary>Counts the heaps this vat has had in this process: what comes from an earlier one is discarded (K13).</summary>
    internal int Incarnation { get; private set; }

    internal IVatWorker? Worker { get; private set; }

    /// <summary>What its heap waits for outside the kernel.</summary>
    internal OutsideWork Outside { get; } = new();

    /// <summary>When both wait for it, the next crank is an outside event's, not a queued item's: they take turns (K19).</summary>
    internal bool IsEventsTurn { get; set; }

    /// <summary>The crank it is executing, or null.</summary>
    internal Crank? Crank { get; set; }

    /// <summary>When it was last given something to do, as a number that only grows: who has waited longest comes first. Always 0 where all happens in the order of the queue.</summary>
    internal long Turn { get; set; }

    /// <summary>Operations that wait for the running crank to end; while there are any, nothing is dispatched to this lane (K11).</summary>
    internal int Closers { get; set; }

    /// <summary>Those of them that are going to end the vat.</summary>
    internal int Enders { get; set; }

    /// <summary>The launch that this vat is still part of, or null.</summary>
    internal Launch? Launch { get; set; }

    /// <summary>The launch whose <c>bootstrap</c> it executes or has not answered yet, or null.</summary>
    internal Launch? Bootstrapping { get; set; }

    /// <summary>What its cranks used since the kernel started.</summary>
    internal VatUsage Usage { get; set; } = VatUsage.None;

    /// <summary>What it may still write to the log, whatever heap it has.</summary>
    internal ConsoleBudget Console { get; } = new();

    /// <summary>What became of its workers.</summary>
    internal LossRecord Losses { get; } = new();

    /// <summary>What speaks for asking its heap for its dead.</summary>
    internal Dirt Dirt { get; } = new();

    /// <summary>What its heap is going to be told of though it was settled long ago.</summary>
    internal Postponed Postponed { get; } = new();

    /// <summary>Fetch the bundle afresh at the next start, not the kept copy.</summary>
    internal bool FetchAfresh { get; set; }

    /// <summary>Who waits for its <c>startVat</c>: told null, or why it could not start.</summary>
    internal List<Action<string?>> StartWaiters { get; } = [];

    /// <summary>When it may be started, on the kernel's clock; 0 for at once.</summary>
    internal long StartsAt { get; set; }

    /// <summary>Milliseconds that its start was last put off; 0 when it has started since.</summary>
    internal long StartDelay { get; set; }

    /// <summary>May be given something to do.</summary>
    internal bool IsIdle => Crank is null && Closers == 0 && StartsAt == 0 && (State is LaneState.Asleep or LaneState.Running);

    /// <summary>Tells those who wait for its <c>startVat</c> what became of it.</summary>
    internal void TellStarters(string? failure, Action<Action> defer)
    {
        foreach (Action<string?> waiter in StartWaiters)
        {
            defer(() => waiter(failure));
        }

        StartWaiters.Clear();
    }

    internal VatToRun ToRun() => new(vat, subcluster, config) { IsNew = Launch is not null, IsSuspect = Losses.IsSuspect };

    /// <summary>Gives the vat a new, empty heap with an outside world of its own; the old one has been ended.</summary>
    internal void NewWorker(KernelCore core, ICrankEvents events)
    {
        var client = new LaneClient(core, this, events);
        client.World = core.World.Open(Vat, Config, client);
        Outside.Open(client.World);
        Worker = core.Workers.Create(ToRun(), client);
    }

    /// <summary>Ends the worker, if there is one; its reports are stale from now on.</summary>
    internal void EndWorker()
    {
        Incarnation++;
        IVatWorker? worker = Worker;
        Worker = null;
        Outside.End();
        Dirt.Forget();
        Postponed.Forget();
        Crank = null;
        worker?.End();
    }
}
