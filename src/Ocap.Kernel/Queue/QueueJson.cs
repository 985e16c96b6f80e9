using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Queue;

/// <summary>The stored form of queued items, messages and values: the JSON texts of spec/store.md §2, key order included.</summary>
internal static class QueueJson
{
    internal static string Write(RunQueueItem item)
    {
        var text = new StringBuilder(256);
        switch (item)
        {
            case SendItem send:
                text.Append("{\"type\":\"send\",\"target\":\"").Append(send.Target.ToString()).Append("\",\"message\":");
                Append(text, send.Message);
                break;
            case NotifyItem notify:
                text.Append("{\"type\":\"notify\",\"endpointId\":\"").Append(notify.Vat.ToString())
                    .Append("\",\"kpid\":\"").Append(notify.Promise.ToString()).Append('"');
                break;
            default:
                throw new KernelInvariantException($"unsupported or unknown run queue item type {item.GetType().Name}");
        }

        return text.Append('}').ToString();
    }

    internal static string Write(Message message)
    {
        var text = new StringBuilder(192);
        Append(text, message);
        return text.ToString();
    }

    internal static string Write(CapData value)
    {
        var text = new StringBuilder(128);
        Append(text, value);
        return text.ToString();
    }

    internal static RunQueueItem ReadItem(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        string type = root.GetProperty("type").GetString() ?? "";
        if (string.Equals(type, "send", StringComparison.Ordinal))
        {
            return new SendItem(KRef.Parse(Text(root, "target")), ReadMessage(root.GetProperty("message")));
        }

        return string.Equals(type, "notify", StringComparison.Ordinal) && VatId.TryParse(Text(root, "endpointId"), out VatId vat)
            ? new NotifyItem(vat, KRef.Parse(Text(root, "kpid")))
            : throw new KernelInvariantException($"unsupported or unknown run queue item type {type}");
    }

    internal static Message ReadMessage(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ReadMessage(document.RootElement);
    }

    internal static CapData ReadCapData(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ReadCapData(document.RootElement);
    }

    private static Message ReadMessage(JsonElement message)
    {
        KRef? result = message.TryGetProperty("result", out JsonElement kp) && kp.ValueKind == JsonValueKind.String
            ? KRef.Parse(kp.GetString()!)
            : null;
        return new Message(ReadCapData(message.GetProperty("methargs")), result);
    }

    private static CapData ReadCapData(JsonElement value)
    {
        JsonElement list = value.GetProperty("slots");
        string[] slots = list.GetArrayLength() == 0 ? [] : new string[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement slot in list.EnumerateArray())
        {
            slots[i++] = slot.GetString() ?? "";
        }

        return new CapData(Text(value, "body"), slots);
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new KernelInvariantException($"\"{name}\" is missing in a stored item");

    private static void Append(StringBuilder text, Message message)
    {
        text.Append("{\"methargs\":");
        Append(text, message.Methargs);
        if (message.Result is { } result)
        {
            text.Append(",\"result\":\"").Append(result.ToString()).Append('"');
        }

        text.Append('}');
    }

    private static void Append(StringBuilder text, CapData value)
    {
        text.Append("{\"body\":");
        SmallcapsText.AppendJson(text, value.Body);
        text.Append(",\"slots\":[");
        for (int i = 0; i < value.Slots.Count; i++)
        {
            text.Append(i == 0 ? "\"" : ",\"").Append(value.Slots[i]).Append('"');
        }

        text.Append("]}");
    }
}
