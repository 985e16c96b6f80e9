using Ocap.Kernel.Vats;

namespace Ocap.Vats.Liveslots;

/// <summary>What is committed of a vat's store, in the order of code points. Vat code may ask for any text; one with half a surrogate pair no store has.</summary>
internal sealed class CommittedRows(IVatWorkerClient client)
{
    internal string? Get(string key) => LoneSurrogate(key) < 0 ? client.VatstoreGet(key) : null;

    /// <summary>The row with the smallest key behind this one.</summary>
    internal KeyValuePair<string, string>? Next(string key)
    {
        if (LoneSurrogate(key) < 0)
        {
            return client.VatstoreGetNext(key);
        }

        return FirstPossible(key) is not { } first ? null
            : client.VatstoreGet(first) is { } value ? new(first, value)
            : client.VatstoreGetNext(first);
    }

    /// <summary>The smallest key behind this text that a store can have.</summary>
    private static string? FirstPossible(string text)
    {
        int at = LoneSurrogate(text);
        return at < 0 ? text
            : char.IsHighSurrogate(text[at]) ? text[..(at + 1)] + '\udc00'
            : CodeUnitOrder.Behind(text.AsSpan(0, at)) is { } bound ? FirstPossible(bound) : null;
    }

    private static int LoneSurrogate(string text)
    {
        for (int from = 0; text.AsSpan(from).IndexOfAnyInRange('\ud800', '\udfff') is var offset and >= 0; from += offset + 2)
        {
            int at = from + offset;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }
}
