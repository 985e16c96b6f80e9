using Ocap.Kernel.Vats.Wire;

namespace Ocap.Vats.Hosting;

/// <summary>A line of a vat's console as bytes: the payload of <see cref="HostMessage.Log"/>.</summary>
public static class ConsoleLine
{
    /// <exception cref="FrameException">The bytes are no such line.</exception>
    public static (string Level, string Text) Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        return (reader.Text(), reader.Text());
    }

    internal static ReadOnlyMemory<byte> Write(string level, string text)
    {
        var writer = new FrameWriter();
        writer.Text(level);
        writer.Text(text);
        return writer.Written;
    }
}
