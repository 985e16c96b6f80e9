using System.Globalization;
using System.Text;

namespace Ocap.Cli.Http;

/// <summary>An answer, complete.</summary>
internal sealed record HttpReply(int Status)
{
    internal ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body's entity tag, quotes included.</summary>
    internal string? Tag { get; init; }

    /// <summary>Status line and headers. Bundles change under their name and are read by pages of any origin (spec/cli.md §6).</summary>
    internal byte[] Head(bool keepsAlive)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} {Reason}\r\nDate: {TimeProvider.System.GetUtcNow():R}\r\n");
        head.Append("Cache-Control: no-cache\r\nAccess-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\n");
        if (Tag is not null)
            head.Append(CultureInfo.InvariantCulture, $"ETag: {Tag}\r\n");
        if (Status == 200)
            head.Append("Content-Type: application/json\r\n");
        if (Status == 405)
            head.Append("Allow: GET, HEAD\r\n");
        if (Status != 304)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        if (!keepsAlive)
            head.Append("Connection: close\r\n");
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private string Reason => Status switch
    {
        200 => "OK",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        _ => "Internal Server Error",
    };
}
