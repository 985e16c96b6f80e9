using Ocap.Vats.Marshal;

namespace Ocap.Vats.Worker;

/// <summary>What of a stored vat configuration concerns the worker: the endowments it asks for.</summary>
internal static class VatConfig
{
    /// <summary>Why this vat cannot be given what it asks for, or null.</summary>
    internal static string? Refusal(string vatId, string config)
    {
        if (JsonTree.Parse(config) is not JsonTree.Record record)
        {
            return $"Vat \"{vatId}\" has a configuration that is no object";
        }

        if (record["globals"] is JsonTree.List { Items: [var first, ..] })
        {
            return $"Vat \"{vatId}\" requested unknown global {(first is JsonTree.Text name ? Quoting.Quote(name.Value) : "that is no name")}";
        }

        return record["platformConfig"] is JsonTree.Record { Entries: [var endowment, ..] }
            ? $"Vat \"{vatId}\" requested unknown platform endowment {Quoting.Quote(endowment.Key)}"
            : null;
    }
}
