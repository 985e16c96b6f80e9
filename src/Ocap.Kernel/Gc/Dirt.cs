namespace Ocap.Kernel.Gc;

/// <summary>What speaks for asking a vat's heap for its dead. Of one heap: a new one has none.</summary>
internal sealed class Dirt
{
    /// <summary>Deliveries since it was last asked, and the objects they brought or took.</summary>
    internal long Amount { get; set; }

    /// <summary>How many times the usual amount it takes: more for a vat that had nothing to give up when it was asked.</summary>
    internal int Patience { get; set; } = 1;

    /// <summary>Milliseconds for which it has waited, in answers so far, to find out what is dead.</summary>
    internal long Waited { get; set; }

    /// <summary>The vat has been told of unreachable objects since it was last asked: what only they held may be dead.</summary>
    internal bool HasLostExports { get; set; }

    internal void Forget()
    {
        Amount = 0;
        Patience = 1;
        Waited = 0;
        HasLostExports = false;
    }
}
