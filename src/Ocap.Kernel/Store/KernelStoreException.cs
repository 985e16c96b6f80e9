namespace Ocap.Kernel.Store;

/// <summary>The store cannot be read: damaged, gone, or out of reach. The process must end, for nothing that follows could be trusted; nothing is lost by it.</summary>
/// <param name="message">A sentence that names the file and what to do.</param>
/// <param name="inner">What the store's library said.</param>
public abstract class KernelStoreException(string message, Exception? inner = null) : Exception(message, inner);
