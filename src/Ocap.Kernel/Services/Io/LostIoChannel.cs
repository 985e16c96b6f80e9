namespace Ocap.Kernel.Services.Io;

/// <summary>Stands for a channel that could not be opened again when the daemon came back: who uses it is told why.</summary>
internal sealed class LostIoChannel(string name, string why) : IIoChannel
{
    public void Read(ServiceCall call) => Refuse(call);

    public void Write(ServiceCall call, string data) => Refuse(call);

    public void Close()
    {
    }

    private void Refuse(ServiceCall call) => call.Reject($"IO channel \"{name}\" is closed: it could not be opened again when the daemon started. {why}");
}
