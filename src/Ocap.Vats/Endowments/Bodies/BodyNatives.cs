using System.Text;
using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Endowments.Bodies;

/// <summary>What <c>blobs.js</c>, <c>forms.js</c> and <c>bodies.js</c> are built on.</summary>
internal static class BodyNatives
{
    internal static void AddTo(NativeTable table, JsRealm realm)
    {
        table.Add("harden", value => realm.Harden(value));
        table.Add("utf8Encode", text => table.View(Encoding.UTF8.GetBytes(text.ToString())));
        table.Add("utf8Decode", bytes => Encoding.UTF8.GetString(table.Bytes(bytes)));
        table.Add("contains", (bytes, text) => table.Bytes(bytes).IndexOf(Encoding.ASCII.GetBytes(text.ToString())) >= 0 ? JsBoolean.True : JsBoolean.False);
        table.Add("mimeTypeOf", values => MimeType.OfHeaders(NativeTable.Texts(values)) is { } type
            ? new JsArray(table.Engine, [type.Essence, type.Parameter("boundary") is { } boundary ? boundary : JsValue.Null, type.ToString()])
            : JsValue.Null);
        table.Add("parseMultipart", (bytes, boundary) => Parsed(table, table.Bytes(bytes), boundary.IsNull() ? null : boundary.ToString()));
    }

    /// <summary>[[name, text or bytes, file name or null, content type], …]; a text says what is wrong.</summary>
    private static JsValue Parsed(NativeTable table, ReadOnlySpan<byte> body, string? boundary)
    {
        try
        {
            List<JsValue> parts = [];
            var reader = new MultipartReader(body, boundary);
            while (reader.Next() is { } part)
            {
                JsValue content = part.FileName is null ? Encoding.UTF8.GetString(part.Content) : table.View(part.Content);
                parts.Add(new JsArray(table.Engine, [part.Name, content, part.FileName is { } name ? name : JsValue.Null, part.ContentType]));
            }

            return new JsArray(table.Engine, [.. parts]);
        }
        catch (FormatException broken)
        {
            return broken.Message;
        }
    }
}
