using System.Runtime.InteropServices;
using System.Text;
using Ocap.Marshal;

namespace Ocap.Kernel.Vats.Wire;

/// <summary>Reads what <see cref="FrameWriter"/> wrote. A frame that ends early or lies about a length is a <see cref="FrameException"/>.</summary>
/// <param name="frame">The bytes.</param>
/// <param name="mostItems">Items of all its lists together: an item of two bytes becomes an object of fifty.</param>
internal ref struct FrameReader(ReadOnlySpan<byte> frame, int mostItems = int.MaxValue)
{
    private ReadOnlySpan<byte> _rest = frame;
    private int _itemsLeft = mostItems;

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal byte Tag()
    {
        byte value = Take(1)[0];
        return value;
    }

    internal bool Flag() => Tag() != 0;

    internal long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Tag();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return (long)value;
            }
        }

        throw new FrameException("a number in the frame is too long");
    }

    internal int Count()
    {
        int value = Length();
        _itemsLeft -= value;
        return _itemsLeft >= 0 ? value : throw new FrameException("the frame has too many parts");
    }

    internal string Text()
    {
        long header = Number();
        long length = header >>> 1;
        if ((header & 1) != 0)
        {
            return length <= _rest.Length / 2
                ? new string(MemoryMarshal.Cast<byte, char>(Take((int)length * 2)))
                : throw new FrameException("a text in the frame is longer than the frame");
        }

        return length <= _rest.Length ? Encoding.UTF8.GetString(Take((int)length)) : throw new FrameException("a text in the frame is longer than the frame");
    }

    internal ReadOnlySpan<byte> Bytes() => Take(Length());

    internal KeyValuePair<string, string>[] Pairs()
    {
        var values = new KeyValuePair<string, string>[Count()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new KeyValuePair<string, string>(Text(), Text());
        }

        return values;
    }

    internal string? OptionalText() => Flag() ? Text() : null;

    internal string[] Texts()
    {
        string[] values = new string[Count()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Text();
        }

        return values;
    }

    internal CapData Data() => new(Text(), Texts());

    internal PromiseSettlement[] Settlements()
    {
        var values = new PromiseSettlement[Count()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new PromiseSettlement(Text(), Flag(), Data());
        }

        return values;
    }

    private int Length()
    {
        long value = Number();
        return value >= 0 && value <= _rest.Length ? (int)value : throw new FrameException("a count in the frame is larger than the frame");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FrameException("the frame ends early");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

/// <summary>A frame between kernel and worker that cannot be read.</summary>
public sealed class FrameException(string message) : Exception(message);
