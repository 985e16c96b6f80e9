namespace Ocap.Kernel.Syscalls;

/// <summary>A vat asked for something no vat may ask for: it ends, and its crank is undone.</summary>
internal sealed class IllegalSyscallException(string message) : Exception(message);
