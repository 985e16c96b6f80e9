using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>Workers whose cranks come to an end when the test says so. What a vat does in a crank is the test's to decide.</summary>
internal sealed class HeldWorkers : IVatWorkerFactory
{
    internal List<HeldWorker> All { get; } = [];

    /// <summary>Workers that execute a crank now, in the order they got it.</summary>
    internal List<HeldWorker> Executing { get; } = [];

    /// <summary>Vats that are asked for their dead have none and say so at once. Else it is a crank like any other.</summary>
    internal bool HaveNoDead { get; set; } = true;

    /// <summary>Called with each worker at its creation.</summary>
    internal Action<HeldWorker>? Created { get; set; }

    /// <summary>The machine has no room for another worker.</summary>
    internal bool CannotCreate { get; set; }

    public IVatWorker Create(VatToRun vat, IVatWorkerClient client)
    {
        if (CannotCreate)
        {
            throw new InvalidOperationException("no more processes");
        }

        var worker = new HeldWorker(this, vat, client);
        All.Add(worker);
        Created?.Invoke(worker);
        return worker;
    }
}

/// <summary>One incarnation of a vat.</summary>
internal sealed class HeldWorker(HeldWorkers owner, VatToRun vat, IVatWorkerClient client) : IVatWorker
{
    internal VatId Vat => vat.Id;

    internal VatToRun ToRun => vat;

    internal IVatWorkerClient Client => client;

    internal VatDelivery? Delivery { get; private set; }

    internal bool HasEnded { get; private set; }

    /// <summary>Its other side is gone: what is delivered goes nowhere.</summary>
    internal bool FailsToDeliver { get; set; }

    /// <summary>Ending it breaks.</summary>
    internal bool FailsToEnd { get; set; }

    /// <summary>Anything a test wants to keep with it.</summary>
    internal object? State { get; set; }

    public void Deliver(ReadOnlyMemory<byte> delivery)
    {
        if (Delivery is not null || HasEnded)
        {
            throw new InvalidOperationException($"{Vat} was given a crank while {(HasEnded ? "it had ended" : "it executes one")}.");
        }

        if (FailsToDeliver)
        {
            throw new System.IO.IOException("broken pipe");
        }

        Delivery = DeliveryFrame.Read(delivery.Span);
        owner.Executing.Add(this);
        if (owner.HaveNoDead && Delivery is DeliverBringOutYourDead)
        {
            Finish(new CrankReport());
        }
    }

    public void End()
    {
        if (FailsToEnd)
        {
            throw new System.IO.IOException("broken pipe");
        }

        HasEnded = true;
        owner.Executing.Remove(this);
    }

    /// <summary>Its process dies.</summary>
    internal void Die(bool isSuspect)
    {
        Delivery = null;
        HasEnded = true;
        owner.Executing.Remove(this);
        client.Lost("it was killed by a test", isSuspect);
    }

    internal void Finish(CrankReport report)
    {
        Delivery = null;
        owner.Executing.Remove(this);
        client.CrankFinished(ReportFrame.Write(report));
    }
}
