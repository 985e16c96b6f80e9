using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Outside;

/// <summary>Clocks, networks and files as vats may use them. The kernel has none of its own: it passes on what vats ask for, when it may be asked (K17).</summary>
public interface IOutsideWorld
{
    /// <summary>Opens the outside world for one heap of a vat. Returns at once and does nothing yet.</summary>
    /// <param name="vat">The vat.</param>
    /// <param name="vatConfig">Its stored configuration, JSON text: what it may reach is decided by that, on this side of the seam.</param>
    /// <param name="client">Is told what happens.</param>
    IVatOutside Open(VatId vat, string vatConfig, IOutsideClient client);
}

/// <summary>The outside world of one heap of a vat: it ends with the heap.</summary>
public interface IVatOutside
{
    /// <summary>Begins what was asked for, or gives it up. Returns at once; what comes of it is told to the client.</summary>
    void Begin(OutsideRequest request);

    /// <summary>Whether a file exists, for code that cannot wait. Any thread.</summary>
    FileProbe FileExists(string path);

    /// <summary>Gives up everything under way: timers, requests, streams. Nothing is told any more, save what is just being told.</summary>
    void End();
}

/// <summary>Who is told what happened outside. Any thread.</summary>
public interface IOutsideClient
{
    /// <summary>Something came of the request with this id.</summary>
    void Happened(long id, OutsideEvent happening);
}

/// <summary>The answer to whether a file exists.</summary>
/// <param name="Exists">Whether it does.</param>
/// <param name="Complaint">Why that is not told, or null.</param>
public readonly record struct FileProbe(bool Exists, string? Complaint);
