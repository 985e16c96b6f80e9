using Ocap.Kernel.Store;

namespace Ocap.Store;

/// <summary>The database cannot be opened, read or written. The message is a sentence that names the file and what to do.</summary>
public sealed class StoreException : KernelStoreException
{
    /// <summary>An error whose cause may go away by itself (<paramref name="canRetry"/>: disk full, locked) or not (damage, permissions).</summary>
    internal StoreException(string message, bool canRetry = false)
        : base(message) => Fault = new StoreFault(message, canRetry);

    /// <summary>The same as data, as <see cref="IKernelStore.BeginWrite"/> reports it.</summary>
    public StoreFault Fault { get; }
}
