using System.Globalization;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>Byte sequences for the decoders of East Asia's encodings, each in pieces that come one after the other.</summary>
internal static class EncodingCases
{
    internal static string[] Names { get; } = ["gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"];

    // What sequences are made of where they go on for longer than two bytes.
    private static readonly string[] Escapes = ["1b2842", "1b284a", "1b2849", "1b2440", "1b2442", "1b", "1b24", "1b28", "1b2428", "0e", "0f"];

    /// <summary>Everything of one and of two bytes, and what is longer: everything that can be told apart by one or two bytes in it, and gb18030's four bytes.</summary>
    internal static IEnumerable<string> Whole(string encoding)
    {
        IEnumerable<string> two = from lead in Bytes() from trail in Bytes() select lead + trail;
        return Bytes().Concat(two).Concat(encoding switch
        {
            "gbk" => MalformedFours(),
            "gb18030" => MalformedFours().Concat(Fours()),
            "euc-jp" => two.Select(static pair => "8f" + pair).Where(static three => three[2] > '7'),
            "iso-2022-jp" => from escape in Escapes
                             from rest in escape is "1b2442" ? two.Where(static pair => pair[0] < '8' && pair[2] < '8') : Bytes()
                             from end in escape is "1b2442" ? [""] : (string[])["", "41", "1b2842"]
                             select escape + rest + end,
            _ => from pair in two where pair[0] > '7' && pair[2] < '8' && pair[3] is '0' or '1' or 'e' or 'f' select "41" + pair + "80",
        });
    }

    /// <summary>Sequences of all kinds, cut anywhere.</summary>
    internal static IEnumerable<string> Cut(Random random, int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Pieces(random, string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Part(random))));
        }
    }

    /// <summary>Nothing but sound characters that Node knows too, cut anywhere.</summary>
    internal static IEnumerable<string> Sound(Random random, string encoding, int count)
    {
        ((int First, int Last) lead, (int First, int Last) trail) = encoding switch
        {
            "big5" => ((0xA4, 0xC5), (0x40, 0x7E)),
            "shift_jis" => ((0x89, 0x96), (0x81, 0xFC)),
            "iso-2022-jp" => ((0x30, 0x4E), (0x21, 0x7E)),
            _ => ((0xB0, 0xC5), (0xA1, 0xFE)),
        };
        string Pair() => Hex(random.Next(lead.First, lead.Last + 1)) + Hex(random.Next(trail.First, trail.Last + 1));
        string Pairs() => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pair()));
        string Letters() => Hex(random.Next(0x20, 0x7E));
        string Part() => (encoding, random.Next(4)) switch
        {
            (_, 0) => Letters(),
            ("iso-2022-jp", 1) => "1b2849" + Hex(random.Next(0x21, 0x60)) + "1b2842",
            ("iso-2022-jp", _) => "1b2442" + Pairs() + "1b2842" + Letters(),
            ("gb18030" or "gbk", 1) => Four(random.Next(39420)),
            _ => Pairs(),
        };
        for (int i = 0; i < count; i++)
        {
            yield return Pieces(random, string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Part())));
        }
    }

    /// <summary>The same bytes, in pieces.</summary>
    private static string Pieces(Random random, string hex) =>
        string.Concat(Enumerable.Range(0, hex.Length / 2).Select(i => (i > 0 && random.Next(3) == 0 ? "," : "") + hex.Substring(2 * i, 2)));

    private static string Part(Random random) => random.Next(8) switch
    {
        0 => Hex(random.Next(0x80)),
        1 => Hex(random.Next(0x100)),
        2 => Hex(random.Next(0x30, 0x3A)),
        3 => Escapes[random.Next(Escapes.Length)],
        4 => Hex(random.Next(0x21, 0x7F)) + Hex(random.Next(0x21, 0x7F)),
        5 => Four(random.Next(2) == 0 ? random.Next(39500) : random.Next(1_300_000)),
        6 => Hex(random.Next(0x8E, 0x90)) + Hex(random.Next(0xA0, 0x100)),
        _ => Hex(random.Next(0x81, 0xFF)) + Hex(random.Next(0x40, 0x100)),
    };

    // All of the basic plane; of the others a sample; and what lies about their ends.
    private static IEnumerable<string> Fours() => Enumerable.Range(0, 39500).Concat(Enumerable.Range(0, 2000).Select(static i => 39500 + (i * 74)))
        .Concat(Enumerable.Range(188_900, 300)).Concat(Enumerable.Range(0, 11_000).Select(static i => 189_000 + (i * 96))).Concat(Enumerable.Range(1_237_400, 400))
        .Concat([1_587_599]).Select(Four);

    private static IEnumerable<string> MalformedFours() => from one in Bytes()
                                                           from pattern in (string[])["8130{0}", "8130{0}30", "813081{0}", "813081{0}41", "{0}308130", "81{0}8130", "8139fe{0}81", "fe39{0}39"]
                                                           select string.Format(CultureInfo.InvariantCulture, pattern, one);

    private static string Four(int pointer) => Hex(0x81 + (pointer / 12600)) + Hex(0x30 + (pointer / 1260 % 10)) + Hex(0x81 + (pointer / 10 % 126)) + Hex(0x30 + (pointer % 10));

    private static IEnumerable<string> Bytes() => Enumerable.Range(0, 256).Select(Hex);

    private static string Hex(int one) => one.ToString("x2", CultureInfo.InvariantCulture);
}
