namespace Ocap.Vats.Hosting;

/// <summary>What the daemon and a vat host say to each other. Each frame concerns one worker, told by its number, or (number 0) the host itself.</summary>
public enum HostMessage : byte
{
    /// <summary>Daemon: the first word. A <see cref="HostPlan"/>.</summary>
    Plan = 1,

    /// <summary>Daemon: make a worker for a vat.</summary>
    Open,

    /// <summary>Daemon: a delivery for the worker.</summary>
    Deliver,

    /// <summary>Daemon: end the worker.</summary>
    End,

    /// <summary>Daemon: the answer to the worker's question.</summary>
    Answer,

    /// <summary>Daemon: say <see cref="Pong"/>.</summary>
    Ping,

    /// <summary>Host: ready; what could be taken from it has been taken, and this is what (text).</summary>
    Ready = 64,

    /// <summary>Host: the crank has come to its end; its report.</summary>
    CrankFinished,

    /// <summary>Host: a question whose answer the worker's thread waits for (<see cref="WorkerQuestion"/>).</summary>
    Question,

    /// <summary>Host: a line of the vat's console.</summary>
    Log,

    /// <summary>Host: the worker's thread runs on and cannot be stopped; kill me.</summary>
    Abandoned,

    /// <summary>Host: the answer to a ping.</summary>
    Pong,
}
