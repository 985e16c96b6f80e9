using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services.Io;

/// <summary>An IO channel as vats see it: <c>read()</c> and <c>write(data)</c>, as far as its direction lets them (spec/cluster-config.md §3).</summary>
/// <param name="name">The service's name, <c>io:s1:console</c>.</param>
/// <param name="direction"><c>in</c>, <c>out</c> or <c>inout</c>.</param>
/// <param name="channel">Where lines come from and go to.</param>
internal sealed class IoService(string name, string direction, IIoChannel channel) : IKernelService
{
    private static readonly string[] Both = ["read", "write"];

    public IReadOnlyCollection<string> Methods => Both;

    public void Invoke(ServiceCall call)
    {
        switch (call.Method)
        {
            case "read" when direction is "out":
                call.Reject($"IO channel \"{name}\" is write-only");
                break;
            case "write" when direction is "in":
                call.Reject($"IO channel \"{name}\" is read-only");
                break;
            case "read":
                channel.Read(call);
                break;
            default:
                Write(call);
                break;
        }
    }

    private void Write(ServiceCall call)
    {
        if (call.Arguments() is [Passable.Text data, ..])
        {
            channel.Write(call, data.Value);
        }
        else
        {
            call.Reject($"IO channel \"{name}\" writes strings, and was given something else");
        }
    }
}
