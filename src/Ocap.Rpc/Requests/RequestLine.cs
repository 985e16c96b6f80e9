using System.Text.Json;

namespace Ocap.Rpc.Requests;

/// <summary>What a line of input is, before any of its requests is looked at.</summary>
public static class RequestLine
{
    /// <summary>Strict JSON of any depth: the reader keeps one bit per level, and who builds a tree checks <see cref="RequestEnvelope.ParamsDepth"/> first.</summary>
    internal static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>True when the line's first character opens an array, that is, when it can only be a batch.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t\r"u8);
        return !text.IsEmpty && text[0] == '[';
    }

    /// <summary>Cuts a batch into the texts of its elements; null when there are more than <paramref name="limit"/>.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static List<ReadOnlyMemory<byte>>? SplitBatch(ReadOnlyMemory<byte> line, int limit)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        bool tooMany = false;
        var reader = new Utf8JsonReader(line.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            tooMany |= elements.Count == limit;
            if (!tooMany)
            {
                elements.Add(line[start..(int)reader.BytesConsumed]);
            }
        }

        while (reader.Read())
        {
        }

        return tooMany ? null : elements;
    }

    /// <summary>True when the text is one valid JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text, Options);
            bool any = false;
            while (reader.Read())
            {
                any = true;
            }

            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
