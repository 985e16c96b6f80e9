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

    /// <exception cref="FormatException">The text is no CapData.</exception>
    internal static CapData Parse(string text) => JsonTree.Parse(text) is JsonTree.Record record ? From(record) : throw NoCapData();

    /// <exception cref="FormatException">The record is no CapData.</exception>
    internal static CapData From(JsonTree.Record record) => record["body"] is JsonTree.Text body && record["slots"] is JsonTree.List slots
        ? new CapData(body.Value, [.. slots.Items.Select(static slot => ((JsonTree.Text)slot).Value)])
        : throw NoCapData();

    private static FormatException NoCapData() => new("what the vat's store holds is no CapData");
}
