using System.Text;
using CsCheck;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Tests.Framing;

/// <summary>Cutting bytes into lines.</summary>
internal sealed class LineBufferTests
{
    [Test]
    public void However_the_bytes_arrive_the_lines_are_the_same() =>
        Gen.Select(Gen.String[Gen.Char["ab\ré"], 0, 20_000].Array[1, 6], Gen.Int[1, 30_000].Array[1, 20]).Sample(
            (lines, chunks) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
                using var buffer = new LineBuffer(1 << 20);
                List<string> read = [];
                for (int at = 0, turn = 0; at < bytes.Length; turn++)
                {
                    Memory<byte> room = buffer.GetMemory();
                    int count = Math.Min(Math.Min(chunks[turn % chunks.Length], room.Length), bytes.Length - at);
                    bytes.AsMemory(at, count).CopyTo(room);
                    buffer.Advance(count);
                    at += count;
                    while (buffer.TryReadLine(out ReadOnlyMemory<byte> line))
                    {
                        read.Add(Encoding.UTF8.GetString(line.Span));
                    }

                    buffer.Release();
                }

                read.Add(Encoding.UTF8.GetString(buffer.Rest.Span));
                return read.SequenceEqual(lines, StringComparer.Ordinal);
            },
            iter: 100);

    [Test]
    public async Task A_line_may_fill_the_limit_but_not_go_beyond()
    {
        using var buffer = new LineBuffer(100_000);
        Fill(buffer, 99_999);
        await Assert.That(buffer.IsOverLimit).IsFalse();
        buffer.GetMemory().Span[0] = (byte)'\n';
        buffer.Advance(1);
        await Assert.That(buffer.TryReadLine(out ReadOnlyMemory<byte> line)).IsTrue();
        await Assert.That(line.Length).IsEqualTo(99_999);
        Fill(buffer, 100_000);
        await Assert.That(buffer.IsOverLimit).IsTrue();
    }

    private static void Fill(LineBuffer buffer, int count)
    {
        while (count > 0)
        {
            Memory<byte> room = buffer.GetMemory();
            int part = Math.Min(room.Length, count);
            room.Span[..part].Fill((byte)'x');
            buffer.Advance(part);
            buffer.TryReadLine(out _);
            count -= part;
        }
    }
}
