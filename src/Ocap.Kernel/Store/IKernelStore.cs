using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Store;

/// <summary>
/// The durable half of the kernel's state: two tables of text keys and values (spec/store.md §1–3).
/// Reads see every batch whose <c>written</c> callback has been called with null, and nothing of later ones before it is durable.
/// Keys are ordered by Unicode code point (SQLite's BINARY order over UTF-8).
/// </summary>
public interface IKernelStore : IDisposable
{
    /// <summary>The value of a kernel key, or null. Called on the kernel thread only.</summary>
    string? Get(string key);

    /// <summary>
    /// All kernel rows whose key starts with <paramref name="prefix"/> and is greater than <paramref name="after"/>, in key order; who stops enumerating early does not
    /// pay for the rest. Called on the kernel thread only.
    /// </summary>
    IEnumerable<KeyValuePair<string, string>> Scan(string prefix, string after = "");

    /// <summary>The value of a key in a vat's store, or null. Called on any thread.</summary>
    string? VatGet(VatId vat, string key);

    /// <summary>The row with the smallest key greater than <paramref name="key"/> in a vat's store, or null. Called on any thread.</summary>
    KeyValuePair<string, string>? VatGetNext(VatId vat, string key);

    /// <summary>
    /// Starts writing a batch as one durable transaction. At most one is under way; the batch is not changed any more.
    /// <paramref name="written"/> is called once on any thread: with null when the batch is durable and visible to reads, else with the fault,
    /// after which nothing of the batch is in the store and it may be handed over again.
    /// </summary>
    void BeginWrite(WriteBatch batch, Action<StoreFault?> written);
}

/// <summary>Why a batch could not be written.</summary>
/// <param name="Message">A sentence that names the file and what to do.</param>
/// <param name="CanRetry">True for "disk full" and "busy": the same batch may be handed over again later.</param>
public sealed record StoreFault(string Message, bool CanRetry);
