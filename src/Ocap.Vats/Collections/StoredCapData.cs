using System.Text;
using Ocap.Marshal;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>CapData as the vat's store keeps it: <c>{"body":…,"slots":[…]}</c>.</summary>
internal static class StoredCapData
{
    internal static string Write(CapData data)
    {
        var text = new StringBuilder("{\"body\":");
        SmallcapsText.AppendJson(text, data.Body);
        text.Append(",\"slots\":[");
        for (int i = 0; i < data.Slots.Count; i++)
        {
            SmallcapsText.AppendJson(i == 0 ? text : text.Append(','), data.Slots[i]);
        }

        return text.Append("]}").ToString();
    }

    internal static CapData Parse(string text) => JsonTree.Parse(text) is JsonTree.Record record
        && record["body"] is JsonTree.Text body
        && record["slots"] is JsonTree.List slots
            ? new CapData(body.Value, [.. slots.Items.Select(static slot => ((JsonTree.Text)slot).Value)])
            : throw new FormatException($"stored data is no CapData: {text}");
}
