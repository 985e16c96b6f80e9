using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Services;

/// <summary>A call as it is stored while it is under way: what it holds, each reference once, and what it will settle.</summary>
internal sealed record StoredCall(KRef Target, IReadOnlyList<KRef> Slots, KRef? Result)
{
    /// <summary>Every reference that the row holds.</summary>
    internal IEnumerable<KRef> Held => Result is { } result ? [Target, .. Slots, result] : [Target, .. Slots];

    internal string Write()
    {
        var json = new StringBuilder("{\"target\":\"").Append(Target.ToString()).Append("\",\"slots\":[");
        json.AppendJoin(',', Slots.Select(static slot => $"\"{slot}\"")).Append(']');
        if (Result is { } result)
        {
            json.Append(",\"result\":\"").Append(result.ToString()).Append('"');
        }

        return json.Append('}').ToString();
    }

    internal static StoredCall Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement call = document.RootElement;
        return new StoredCall(
            KRef.Parse(call.GetProperty("target").GetString() ?? ""),
            [.. call.GetProperty("slots").EnumerateArray().Select(static slot => KRef.Parse(slot.GetString() ?? ""))],
            call.TryGetProperty("result", out JsonElement result) ? KRef.Parse(result.GetString() ?? "") : null);
    }
}
