using System.Text;

namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>What a decoder's handler says of the byte it was given.</summary>
internal enum Handled
{
    /// <summary>It belongs to text that was added, or to a sequence that goes on.</summary>
    Continue,

    /// <summary>A sequence is malformed: one U+FFFD, or the end where that is fatal.</summary>
    Error,

    /// <summary>There is nothing more.</summary>
    Finished,
}

/// <summary>
/// The frame of the encodings whose characters have several bytes (Encoding standard §4.1): their handlers are given byte after byte, and at the end
/// <see cref="EndOfQueue"/>, until they have finished. They keep what is unfinished, so that text may be cut anywhere.
/// </summary>
internal abstract class MultiByteDecoder(bool isFatal) : VatDecoder
{
    /// <summary>What a handler is given when no byte is left.</summary>
    protected const int EndOfQueue = -1;

    private readonly Stack<byte> _restored = new();
    private StringBuilder _text = new();

    internal sealed override string? Decode(ReadOnlySpan<byte> bytes, bool hasMore)
    {
        _text = new StringBuilder(bytes.Length);
        for (int at = 0; ;)
        {
            bool isByte = _restored.TryPop(out byte one);
            if (!isByte && at < bytes.Length)
            {
                one = bytes[at++];
                isByte = true;
            }

            if (!isByte && hasMore)
            {
                return Taken();
            }

            switch (Handle(isByte ? one : EndOfQueue))
            {
                case Handled.Error when isFatal:
                    _restored.Clear();
                    _text = new();
                    StartAnew();
                    return null;
                case Handled.Error:
                    _text.Append('\uFFFD');
                    break;
                case Handled.Finished:
                    StartAnew();
                    return Taken();
                default:
                    break;
            }
        }
    }

    /// <summary>Takes a byte, or <see cref="EndOfQueue"/>.</summary>
    protected abstract Handled Handle(int one);

    /// <summary>Forgets what is unfinished.</summary>
    protected abstract void StartAnew();

    protected Handled Emit(int codePoint)
    {
        if (codePoint <= 0xFFFF)
        {
            _text.Append((char)codePoint);
        }
        else
        {
            _text.Append(new Rune(codePoint).ToString());
        }

        return Handled.Continue;
    }

    /// <summary>Puts bytes back to be read again, before all others.</summary>
    protected void Restore(params ReadOnlySpan<int> bytes)
    {
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            _restored.Push((byte)bytes[i]);
        }
    }

    /// <summary>Of a byte at which a sequence of two breaks off, only ASCII is read again.</summary>
    protected Handled Malformed(int last)
    {
        if (IsAscii(last))
        {
            Restore(last);
        }

        return Handled.Error;
    }

    protected static bool IsAscii(int one) => one is >= 0 and <= 0x7F;

    private string Taken()
    {
        string text = _text.ToString();
        _text = new();
        return text;
    }
}
