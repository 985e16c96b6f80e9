using System.Buffers;
using System.Text.Json;
using ConsoleAppFramework;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon redeem-url</c>: the kref that an OCAP URL names, as a JSON string on one line (spec/cli.md §4).</summary>
internal static class RedeemUrlVerb
{
    internal static int Run([Argument] string url, string? timeout = null)
    {
        if (!AnswerTimeout.TryRead(timeout, out TimeSpan? limit, out string? mistake))
            return ExecVerb.Fail(mistake);

        // A URL is a right: who hands it over by standard input does not show it to everybody's ps.
        string given = url is "-" ? Console.In.ReadToEnd().Trim() : url;
        ArrayBufferWriter<byte> parameters = new(given.Length + 16);
        using (Utf8JsonWriter json = new(parameters))
        {
            json.WriteStartObject();
            json.WriteString("url"u8, given);
            json.WriteEndObject();
        }
        return ExecVerb.Call("redeemOcapURL", parameters.WrittenSpan, limit, static kref => Terminal.Result([.. kref.Span, (byte)'\n']));
    }
}
