using Ocap.Kernel.Services;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>A service whose calls are answered when the test says so.</summary>
internal sealed class TestService(params string[] methods) : IKernelService
{
    /// <summary>Calls that were made, in order.</summary>
    internal List<ServiceCall> Calls { get; } = [];

    /// <summary>Their arguments.</summary>
    internal List<IReadOnlyList<Passable>> Arguments { get; } = [];

    /// <summary>Does something with each call at once.</summary>
    internal Action<ServiceCall>? Does { get; init; }

    public IReadOnlyCollection<string> Methods => methods;

    /// <summary>Case 77 of the reference: it greets what it is given by the kernel's name.</summary>
    internal static TestService Greeter() => new("hello")
    {
        Does = static call => call.Fulfill(new Passable.Text($"hello -- {((Passable.Remotable)call.Arguments()[0]).KRef}")),
    };

    public void Invoke(ServiceCall call)
    {
        Calls.Add(call);
        Arguments.Add(call.Arguments());
        Does?.Invoke(call);
    }

    internal static KernelOptions As(string name, TestService service) => new() { Services = [new KernelServiceRegistration(name, service)] };
}
