using Ocap.Kernel.Outside;

namespace Ocap.Kernel.Vats;

/// <summary>
/// Runs one vat, one crank at a time, somewhere else: on a thread of this process or in another process.
/// Only bytes and text cross this seam: deliveries and reports are frames written and read by <c>Ocap.Kernel.Vats.Wire</c>.
/// A new worker has an empty heap and gets <see cref="StartVat"/> first.
/// </summary>
public interface IVatWorker
{
    /// <summary>Begins a crank and returns at once. Exactly one <see cref="IVatWorkerClient.CrankFinished"/> or <see cref="IVatWorkerClient.Lost"/> follows, unless the worker is ended first.</summary>
    void Deliver(ReadOnlyMemory<byte> delivery);

    /// <summary>Ends the worker, whatever it is doing: its heap is gone, timers and requests are cancelled, and it calls its client no more. Returns at once.</summary>
    void End();
}

/// <summary>What a worker may ask of the kernel's side. All members may be called on any thread.</summary>
public interface IVatWorkerClient
{
    /// <summary>The running crank has come to its end; <paramref name="report"/> is a <see cref="CrankReport"/> frame.</summary>
    void CrankFinished(ReadOnlyMemory<byte> report);

    /// <summary>The committed value of a key in this vat's store, or null. What the running crank wrote itself, the worker knows.</summary>
    string? VatstoreGet(string key);

    /// <summary>The committed row with the smallest key greater than <paramref name="key"/>, or null.</summary>
    KeyValuePair<string, string>? VatstoreGetNext(string key);

    /// <summary>Whether a file exists that the vat's configuration lets it ask about.</summary>
    FileProbe FileExists(string path);

    /// <summary>
    /// The worker is gone with its heap, for no reason that is known to be the vat's: the process it ran in has died. Called once at most, and nothing follows it.
    /// </summary>
    /// <param name="reason">What happened, for people.</param>
    /// <param name="isSuspect">It was executing a crank, and nobody else is known to have caused it.</param>
    void Lost(string reason, bool isSuspect);

    /// <summary>A line of the vat's console. <paramref name="level"/> is debug, info, log, warn or error.</summary>
    void Log(string level, string text);
}

/// <summary>Makes workers; one implementation per way of running a vat.</summary>
public interface IVatWorkerFactory
{
    /// <summary>A worker with an empty heap for a vat. Must return quickly: what takes time happens in the first delivery.</summary>
    IVatWorker Create(VatToRun vat, IVatWorkerClient client);
}
