namespace Ocap.Kernel.Services;

/// <summary>
/// An object of the kernel's own that vats may be given: its methods work outside of the kernel, and their answers come back as commits of their own (K18,
/// spec/kernel-semantics.md §8).
/// </summary>
public interface IKernelService
{
    /// <summary>The names of its methods. A message with any other is rejected without it.</summary>
    IReadOnlyCollection<string> Methods { get; }

    /// <summary>
    /// Begins a call, at most once each, when the delivery that asked for it is durable (K17). On the kernel's thread: it returns at once, and what takes
    /// time happens elsewhere. What it throws rejects the call.
    /// </summary>
    void Invoke(ServiceCall call);
}

/// <summary>A service that whoever makes a kernel adds to those it has.</summary>
/// <param name="Name">What configurations call it.</param>
/// <param name="Service">What it does.</param>
/// <param name="IsSystemOnly">Only system subclusters may ask for it.</param>
public sealed record KernelServiceRegistration(string Name, IKernelService Service, bool IsSystemOnly = false);
