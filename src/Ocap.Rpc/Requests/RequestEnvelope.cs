using System.Text.Json;
using Ocap.Rpc.Text;

namespace Ocap.Rpc.Requests;

/// <summary>
/// The members of one request, found in a single pass over its text and without building a tree. Slices point into the line.
/// A member that occurs twice counts as it last stands, as in JavaScript.
/// </summary>
public readonly struct RequestEnvelope
{
    /// <summary>Text of <c>id</c>, any JSON; empty when absent.</summary>
    public ReadOnlyMemory<byte> Id { get; private init; }

    /// <summary>Text of <c>params</c>; empty when absent or null.</summary>
    public ReadOnlyMemory<byte> Params { get; private init; }

    /// <summary>Text of <c>method</c> between its quotes; empty when absent, no string, or a string with escapes (no method's name has one).</summary>
    public ReadOnlyMemory<byte> Method { get; private init; }

    /// <summary>True when <c>method</c> is a string.</summary>
    public bool HasMethod { get; private init; }

    /// <summary>How deep <c>params</c> are nested: 0 for a plain value, 1 for <c>[]</c>.</summary>
    public int ParamsDepth { get; private init; }

    /// <summary>True when a string in <c>params</c> holds half a surrogate pair.</summary>
    public bool HasUnpairedSurrogate { get; private init; }

    /// <summary>True when the request asks for no answer: it has no <c>id</c>.</summary>
    public bool IsNotification => Id.IsEmpty;

    /// <summary>Reads one JSON value; anything but an object comes out empty.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static RequestEnvelope Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, RequestLine.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            SkipToEnd(ref reader);
            return default;
        }

        ReadOnlyMemory<byte> id = default, method = default, parameters = default;
        bool hasMethod = false, unpaired = false;
        int depth = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Member member = MemberNamed(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            switch (member)
            {
                case Member.Id:
                    reader.Skip();
                    id = json[start..(int)reader.BytesConsumed];
                    break;
                case Member.Method:
                    hasMethod = reader.TokenType == JsonTokenType.String;
                    method = hasMethod && !reader.ValueIsEscaped ? json.Slice(start + 1, reader.ValueSpan.Length) : default;
                    reader.Skip();
                    break;
                case Member.Params:
                    bool isNull = reader.TokenType == JsonTokenType.Null;
                    depth = SkipAndMeasure(ref reader, out unpaired);
                    parameters = isNull ? default : json[start..(int)reader.BytesConsumed];
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        SkipToEnd(ref reader);
        return new RequestEnvelope
        {
            Id = id,
            Method = method,
            HasMethod = hasMethod,
            Params = parameters,
            ParamsDepth = depth,
            HasUnpairedSurrogate = unpaired,
        };
    }

    private enum Member : byte
    {
        Other,
        Id,
        Method,
        Params,
    }

    private static Member MemberNamed(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped && Surrogates.AreUnpairedIn(reader.ValueSpan))
        {
            return Member.Other;
        }

        return reader.ValueTextEquals("id"u8) ? Member.Id
            : reader.ValueTextEquals("method"u8) ? Member.Method
            : reader.ValueTextEquals("params"u8) ? Member.Params
            : Member.Other;
    }

    private static int SkipAndMeasure(ref Utf8JsonReader reader, out bool unpaired)
    {
        unpaired = false;
        int outer = reader.CurrentDepth;
        int depth = 0;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    depth = Math.Max(depth, reader.CurrentDepth - outer + 1);
                    break;
                case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped:
                    unpaired |= Surrogates.AreUnpairedIn(reader.ValueSpan);
                    break;
                default:
                    break;
            }
        }
        while ((reader.CurrentDepth > outer || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) && reader.Read());

        return depth;
    }

    private static void SkipToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }
}
