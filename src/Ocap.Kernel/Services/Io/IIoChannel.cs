namespace Ocap.Kernel.Services.Io;

/// <summary>Opens the IO channels that configurations declare (spec/cluster-config.md §3).</summary>
public interface IIoChannelFactory
{
    /// <summary>Opens a channel, or says why not. On the kernel's thread: it looks at this machine only, and waits for nobody.</summary>
    /// <param name="name">What its configuration calls it.</param>
    /// <param name="config">How it is configured, JSON text.</param>
    IoOpening Open(string name, string config);
}

/// <summary>What came of opening a channel: it, or a sentence that says why not.</summary>
public readonly record struct IoOpening(IIoChannel? Channel, string? Failure);

/// <summary>An open IO channel. Its members are called on the kernel's thread and return at once.</summary>
public interface IIoChannel
{
    /// <summary>Answers the call with the next line, or with <c>null</c> when its client leaves, or the channel is closed, meanwhile.</summary>
    void Read(ServiceCall call);

    /// <summary>Writes a line, and answers the call when it is out.</summary>
    void Write(ServiceCall call, string data);

    /// <summary>Closes it: nobody finds it any more when this returns, and who reads is answered <c>null</c>. Once.</summary>
    void Close();
}
