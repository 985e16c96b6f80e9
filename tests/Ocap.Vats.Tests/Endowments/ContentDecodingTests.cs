using System.IO.Compression;
using System.Text;
using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch.Decoding;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>Bodies that servers compress. What is expected is what Node's fetch makes of the same bytes.</summary>
public sealed class ContentDecodingTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("hello world ", 1000)));

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("deflate", "zlib")]
    [Arguments("deflate", "raw")]
    [Arguments("br", "br")]
    [Arguments("gzip, br", "gzip br")]
    [Arguments("deflate, gzip, br", "zlib gzip br")]
    [Arguments("gzip, gzip, gzip, gzip, gzip", "gzip gzip gzip gzip gzip")]
    public async Task A_compressed_body_is_decoded_in_whatever_pieces_it_comes(string said, string made)
    {
        byte[] sent = Coded(Text, made);
        foreach (int piece in (int[])[1, 2, 7, 100, 65536])
        {
            CodedBody heard = CodedBody.Of(said, sent, piece: piece);
            await Assert.That(heard.Failure).IsNull();
            await Assert.That(heard.Bytes.AsSpan().SequenceEqual(Text)).IsTrue();
        }
    }

    [Test]
    [Arguments("gzip", "gzip", 0, 0)]
    [Arguments("br", "br", 0, 0)]
    [Arguments("deflate", "zlib", 0, 0)]
    [Arguments("gzip", "gzip", 5, 0)]
    [Arguments("gzip", "gzip", -4, 12000)]
    [Arguments("deflate", "zlib", -4, 12000)]
    public async Task A_body_that_ends_too_early_gives_what_came(string said, string made, int kept, int length)
    {
        byte[] whole = Coded(Text, made);
        CodedBody heard = CodedBody.Of(said, whole[..(kept < 0 ? whole.Length + kept : kept)]);
        await Assert.That(heard.Failure).IsNull();
        await Assert.That(heard.Bytes.Length).IsEqualTo(length);
        await Assert.That(Text.AsSpan().StartsWith(heard.Bytes)).IsTrue();
    }

    [Test]
    [Arguments("br", "br", -3)]
    [Arguments("deflate", "zlib", -6)]
    [Arguments("deflate", "raw", -6)]
    [Arguments("gzip, br", "gzip br", -6)]
    public async Task A_body_cut_off_in_the_middle_is_a_beginning_and_no_error(string said, string made, int kept)
    {
        CodedBody heard = CodedBody.Of(said, Coded(Text, made)[..^-kept]);
        await Assert.That(heard.Failure).IsNull();
        await Assert.That(Text.AsSpan().StartsWith(heard.Bytes)).IsTrue();
    }

    [Test]
    [Arguments("gzip", "gzip", 20)]
    [Arguments("gzip", "gzip", -6)]
    [Arguments("gzip", "", 0)]
    [Arguments("br", "br", 5)]
    [Arguments("br", "", 0)]
    [Arguments("deflate", "", 0)]
    [Arguments("gzip, br", "gzip br", 9)]
    public async Task A_body_that_is_broken_is_an_error_that_the_vat_hears(string said, string made, int broken)
    {
        byte[] sent = Coded(Text, made);
        sent[broken < 0 ? sent.Length + broken : broken] ^= made.Length > 0 ? (byte)0xFF : (byte)0;
        foreach (int piece in (int[])[1, 65536])
        {
            CodedBody heard = CodedBody.Of(said, sent, piece: piece);
            await Assert.That((heard.Failure?.Kind, heard.Failure?.Code)).IsEqualTo(("TypeError", "Z_DATA_ERROR"));
            await Assert.That(heard.IsGivenUp).IsTrue();
        }
    }

    [Test]
    public async Task What_comes_before_the_broken_place_is_told_before_the_error()
    {
        byte[] noise = Noise(100_000);
        byte[] sent = Coded(noise, "gzip");
        sent[^6] ^= 0xFF;
        CodedBody heard = CodedBody.Of("gzip", sent);
        await Assert.That(heard.Bytes.Length).IsGreaterThan(90_000);
        await Assert.That(noise.AsSpan().StartsWith(heard.Bytes)).IsTrue();
        await Assert.That(heard.Failure?.Message).IsEqualTo("the body is no valid gzip");
    }

    [Test]
    public async Task A_dictionary_that_only_the_server_has_is_an_error_and_not_the_end_of_the_vat() =>
        await Assert.That(CodedBody.Of("deflate", [0x78, 0xBB, 1, 2, 3, 4, 5, 6, 7, 8]).Failure?.Code).IsEqualTo("Z_DATA_ERROR");

    [Test]
    public async Task Members_of_gzip_one_after_the_other_are_one_body_and_what_follows_is_ignored()
    {
        byte[] one = Coded(Text, "gzip");
        foreach (int piece in (int[])[1, one.Length, 65536])
        {
            await Assert.That(CodedBody.Of("gzip", [.. one, .. one], piece: piece).Bytes.Length).IsEqualTo(2 * Text.Length);
            await Assert.That(CodedBody.Of("gzip", [.. Coded([], "gzip"), .. one], piece: piece).Bytes.Length).IsEqualTo(Text.Length);
            await Assert.That(CodedBody.Of("gzip", [.. one, .. new byte[10]], piece: piece).Bytes.Length).IsEqualTo(Text.Length);
            await Assert.That(CodedBody.Of("br", [.. Coded(Text, "br"), .. Text], piece: piece).Bytes.Length).IsEqualTo(Text.Length);
            await Assert.That(CodedBody.Of("deflate", [.. Coded(Text, "zlib"), .. Text], piece: piece).Bytes.Length).IsEqualTo(Text.Length);
        }
    }

    [Test]
    [Arguments("br", "br")]
    [Arguments("deflate", "zlib")]
    [Arguments("br, deflate", "br raw")]
    public async Task A_body_that_says_itself_where_it_ends_is_read_no_further(string said, string made)
    {
        CodedBody heard = CodedBody.Of(said, [.. Coded(Text, made), .. new byte[1_000_000]]);
        await Assert.That(heard.Bytes.Length).IsEqualTo(Text.Length);
        await Assert.That((heard.Failure, heard.IsGivenUp)).IsEqualTo((null, true));
        await Assert.That(heard.PiecesRead).IsEqualTo(1);
    }

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("br", "br")]
    [Arguments("deflate", "zlib")]
    [Arguments("gzip, gzip", "gzip gzip")]
    public async Task A_bomb_ends_at_the_limit_of_a_body(string said, string made)
    {
        CodedBody heard = CodedBody.Of(said, Coded(new byte[20_000_000], made), DecodingLimits.Default with { MostBytes = 3_000_000 });
        await Assert.That(heard.Failure!.Message).IsEqualTo("the body has more than 2 MiB");
        await Assert.That(heard.Bytes.Length).IsBetween(2_900_000, 3_000_000);
        await Assert.That(heard.IsGivenUp).IsTrue();
    }

    [Test]
    public async Task A_bomb_whose_inside_never_shows_ends_at_the_same_limit_a_little_at_a_time()
    {
        // Empty blocks of deflate, a great many: nothing comes out of them.
        byte[] blocks = [.. Enumerable.Range(0, 5_000_000).Select(static i => (byte)(i % 5 > 2 ? 0xFF : 0))];
        CodedBody heard = CodedBody.Of("deflate, br", Coded(blocks, "br"), DecodingLimits.Default with { MostBytes = 3_000_000 });
        await Assert.That(heard.Bytes).IsEmpty();
        await Assert.That(heard.Failure?.Message).IsEqualTo("the body has more than 2 MiB");
        await Assert.That(heard.PiecesRead).IsEqualTo(1);
        await Assert.That(heard.Cranks).IsBetween(3, 10);
    }

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("br", "br")]
    public async Task A_piece_that_grows_a_thousandfold_is_told_in_pieces_of_the_usual_size_each_in_a_crank_of_its_own(string said, string made)
    {
        CodedBody heard = CodedBody.Of(said, Coded(new byte[60_000_000], made));
        await Assert.That((heard.Bytes.Length, heard.Failure)).IsEqualTo((60_000_000, null));
        await Assert.That(heard.LargestPiece).IsEqualTo(65536);
        await Assert.That(heard.PiecesRead).IsEqualTo(1);
        await Assert.That(heard.Cranks).IsBetween(916, 920);
    }

    [Test]
    [Arguments(16, "br")]
    [Arguments(20, "br")]
    [Arguments(24, "br")]
    [Arguments(24, "br, br")]
    [Arguments(0, "gzip")]
    public async Task What_decoders_hold_outside_the_heap_is_booked_as_it_grows_and_let_go(int window, string said)
    {
        byte[] sent = new byte[40_000_000];
        foreach (string coding in said.Split(", "))
        {
            sent = coding is "gzip" ? Coded(sent, "gzip") : Brotli(sent, window);
        }

        CodedBody heard = CodedBody.Of(said, sent);
        await Assert.That((heard.Bytes.Length, heard.Failure, heard.HeldAtTheEnd)).IsEqualTo((40_000_000, null, 0L));
        await Assert.That(heard.MostHeld).IsBetween(said is "gzip" ? 1 << 16 : 1 << window, (2 << 20) + (said.Length > 2 ? 2L << window : 1L << window));
    }

    [Test]
    public async Task A_vat_has_only_so_many_codings_under_way() =>
        await Assert.That(CodedBody.Of("gzip, gzip, gzip", Coded(Text, "gzip gzip gzip"), DecodingLimits.Default with { MostCodings = 2 }).Failure?.Message)
            .IsEqualTo("a vat may have responses with 2 codings under way at once");

    [Test]
    public async Task Noise_is_an_error_or_a_body_and_nothing_else()
    {
        var random = new Random(5);
        foreach (string made in (string[])["gzip", "zlib", "raw", "br", "gzip br"])
        {
            byte[] whole = Coded(Text, made);
            for (int i = 0; i < 60; i++)
            {
                byte[] damaged = [.. whole];
                for (int j = random.Next(1, 4); j > 0; j--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                CodedBody heard = CodedBody.Of(made is "zlib" or "raw" ? "deflate" : made.Replace(" ", ", ", StringComparison.Ordinal), damaged, DecodingLimits.Default with { MostBytes = 1_000_000 }, random.Next(1, 300));
                await Assert.That(heard.Failure?.Kind ?? "TypeError").IsEqualTo("TypeError");
            }
        }
    }

    private static byte[] Brotli(byte[] content, int window)
    {
        byte[] made = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, made, out int length, quality: 5, window) ? made[..length] : throw new InvalidOperationException("It does not fit.");
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(3).NextBytes(noise);
        return noise;
    }

    private static byte[] Coded(byte[] content, string codings) => codings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(content, static (bytes, coding) =>
    {
        var made = new MemoryStream();
        using (Stream coder = coding switch
        {
            "gzip" => new GZipStream(made, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(made, CompressionLevel.Optimal),
            "raw" => new DeflateStream(made, CompressionLevel.Optimal),
            _ => new BrotliStream(made, CompressionLevel.Optimal),
        })
        {
            coder.Write(bytes);
        }

        return made.ToArray();
    });
}
