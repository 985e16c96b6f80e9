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
/// <remarks>
/// What is promised of lines. In: each line is handed to one read, in order; a read whose asker is gone is passed over; a line whose read is durable is never
/// handed again. Lines that were taken from a client and whose reads were not durable when the process died are lost with its connection, as what lies in a
/// socket is: the client sees the connection end, and knows of a line that it was taken for good when it gets an answer to it, because nothing is written
/// before the delivery that wrote it, and so the read before, is durable. Out: a line is written at most once, whole and in order, and <c>write</c> is
/// answered when the system has it, not when the client does.
/// </remarks>
public interface IIoChannel
{
    /// <summary>Answers the call with the next line, or with <c>null</c> when its client leaves, or the channel is closed, meanwhile.</summary>
    void Read(ServiceCall call);

    /// <summary>Writes a line, and answers the call when it is out.</summary>
    void Write(ServiceCall call, string data);

    /// <summary>Closes it: nobody finds it any more when this returns, and who reads is answered <c>null</c>. Once.</summary>
    void Close();
}
