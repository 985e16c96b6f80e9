using System.Text;

namespace Ocap.Vats.Endowments.Bodies;

/// <summary>
/// Reads multipart/form-data (RFC 7578) part by part. What it complains of is Node's; unlike Node it ends a part where a boundary with its line break and
/// dashes stands, not where the boundary's text happens to occur.
/// </summary>
internal ref struct MultipartReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly byte[] _delimiter;
    private int _at;

    /// <exception cref="FormatException">There is no boundary, or not in the body.</exception>
    internal MultipartReader(ReadOnlySpan<byte> body, string? boundary)
    {
        _body = body;
        _delimiter = Encoding.UTF8.GetBytes($"\r\n--{boundary ?? throw new FormatException("missing boundary in content-type header")}");
        _at = body.IndexOf(_delimiter.AsSpan(2));
        if (_at < 0)
        {
            throw new FormatException("no boundary found in multipart body");
        }

        _at += _delimiter.Length - 2;
    }

    /// <summary>The next part; null after the last. What follows that is ignored.</summary>
    /// <exception cref="FormatException">It is not there, or not well-formed.</exception>
    internal MultipartPart? Next()
    {
        if (_body[_at..].StartsWith("--"u8))
        {
            return null;
        }

        SkipLineBreak();
        var head = new PartHead();
        while (!_body[_at..].StartsWith("\r\n"u8))
        {
            int length = _body[_at..].IndexOfAny((byte)'\r', (byte)'\n');
            head.Add(_body.Slice(_at, length < 0 ? _body.Length - _at : length));
            _at = length < 0 ? _body.Length : _at + length;
            SkipLineBreak();
        }

        head.RequireName();

        // An empty part's boundary has no line break of its own: it is the one that ends the head.
        int end = _body[_at..].IndexOf(_delimiter);
        if (end < 0)
        {
            throw new FormatException("expected boundary after body");
        }

        ReadOnlySpan<byte> content = end == 0 ? [] : _body.Slice(_at + 2, end - 2);
        _at += end + _delimiter.Length;
        return head.ToPart(content);
    }

    private void SkipLineBreak()
    {
        if (!_body[_at..].StartsWith("\r\n"u8))
        {
            throw new FormatException("expected CRLF");
        }

        _at += 2;
    }
}
