using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Store.Tests;

/// <summary>Writing a batch and waiting for it.</summary>
internal static class Writing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static StoreFault? Write(this IKernelStore store, WriteBatch batch)
    {
        var done = new TaskCompletionSource<StoreFault?>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.BeginWrite(batch, done.SetResult);
        return done.Task.WaitAsync(Patience).GetAwaiter().GetResult();
    }

    /// <summary>Writes and insists that it worked.</summary>
    internal static void Put(this IKernelStore store, params (string Key, string? Value)[] rows)
    {
        if (store.Write(Batch(rows)) is { } fault)
        {
            throw new InvalidOperationException(fault.Message);
        }
    }

    internal static void VatPut(this IKernelStore store, VatId vat, params (string Key, string? Value)[] rows)
    {
        if (store.Write(new WriteBatch().WithVat(vat, rows)) is { } fault)
        {
            throw new InvalidOperationException(fault.Message);
        }
    }

    internal static WriteBatch Batch(params (string Key, string? Value)[] rows)
    {
        var batch = new WriteBatch();
        foreach ((string key, string? value) in rows)
        {
            batch.Kernel[key] = value;
        }

        return batch;
    }

    internal static WriteBatch WithVat(this WriteBatch batch, VatId vat, params (string Key, string? Value)[] rows)
    {
        batch.VatStores[vat] = rows.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
        return batch;
    }

    /// <summary>Every row of a vat's store, in order.</summary>
    internal static IEnumerable<string> VatRows(this IKernelStore store, VatId vat)
    {
        for (KeyValuePair<string, string>? row = store.VatGetNext(vat, ""); row is { } found; row = store.VatGetNext(vat, found.Key))
        {
            yield return $"{found.Key}={found.Value}";
        }
    }

    /// <summary>The kernel's rows with a prefix, in order.</summary>
    internal static IEnumerable<string> Rows(this IKernelStore store, string prefix) => store.Scan(prefix).Select(row => $"{row.Key}={row.Value}");
}
