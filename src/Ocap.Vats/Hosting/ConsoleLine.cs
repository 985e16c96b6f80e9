using Ocap.Kernel.Vats.Wire;

namespace Ocap.Vats.Hosting;

/// <summary>A line of a vat's console as bytes: the payload of <see cref="HostMessage.Log"/>.</summary>
public static class ConsoleLine
{
    private const int MostCharacters = 256 << 10;

    /// <summary>Bytes of the longest line, whatever its characters are.</summary>
    private const int MostBytes = 4 * MostCharacters;

    /// <exception cref="FrameException">The bytes are no such line.</exception>
    public static (string Level, string Text) Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > MostBytes)
        {
            throw new FrameException($"a line of {frame.Length} bytes");
        }

        var reader = new FrameReader(frame);
        return (reader.Text(), reader.Text());
    }

    internal static ReadOnlyMemory<byte> Write(string level, string text)
    {
        var writer = new FrameWriter();
        writer.Text(level);
        writer.Text(text.Length <= MostCharacters ? text : text[..MostCharacters]);
        return writer.Written;
    }
}
