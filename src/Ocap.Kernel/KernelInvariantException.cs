namespace Ocap.Kernel;

/// <summary>Something that the kernel's own rules exclude has happened. It fails the crank it happened in, never the loop.</summary>
public sealed class KernelInvariantException(string message) : Exception(message);
