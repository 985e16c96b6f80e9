using System.Buffers;
using System.Text;
using Ocap.Marshal;

namespace Ocap.Kernel.Vats.Wire;

/// <summary>Writes the parts of a frame: unsigned varints, and UTF-8 text behind its length. Text with lone surrogates travels as UTF-16.</summary>
internal sealed class FrameWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    internal ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    internal void Tag(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    internal void Flag(bool value) => Tag(value ? (byte)1 : (byte)0);

    internal void Number(long value)
    {
        ulong rest = (ulong)value;
        Span<byte> span = _buffer.GetSpan(10);
        int length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        _buffer.Advance(length);
    }

    internal void Text(string value)
    {
        // An odd length announces UTF-16: text with lone surrogates, which UTF-8 cannot carry.
        if (HasLoneSurrogate(value))
        {
            Number(((long)value.Length << 1) | 1);
            ReadOnlySpan<byte> raw = System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsSpan());
            raw.CopyTo(_buffer.GetSpan(raw.Length));
            _buffer.Advance(raw.Length);
            return;
        }

        int count = Encoding.UTF8.GetByteCount(value);
        Number((long)count << 1);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(Math.Max(count, 1)));
        _buffer.Advance(count);
    }

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        value.CopyTo(_buffer.GetSpan(Math.Max(value.Length, 1)));
        _buffer.Advance(value.Length);
    }

    internal void Pairs(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Number(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Text(values[i].Key);
            Text(values[i].Value);
        }
    }

    internal void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    internal void Texts(IReadOnlyList<string> values)
    {
        Number(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Text(values[i]);
        }
    }

    internal void Data(CapData value)
    {
        Text(value.Body);
        Texts(value.Slots);
    }

    internal void Settlements(IReadOnlyList<PromiseSettlement> values)
    {
        Number(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Text(values[i].Promise);
            Flag(values[i].Rejected);
            Data(values[i].Value);
        }
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]))
            {
                if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
                {
                    i++;
                    continue;
                }

                return true;
            }
        }

        return false;
    }
}
