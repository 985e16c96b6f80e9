using System.Text;
using System.Text.Json;
using Ocap.Marshal;
using Ocap.Vats.Endowments.Text;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>
/// East Asia's encodings, byte for byte, forgiving and fatal, against an implementation of the standard from npm, and against Node's own decoders, which
/// are not the standard's in all: where those differ, <c>encodings.differences.txt</c> says why.
/// </summary>
public sealed class EncodingAgreementTests
{
    [Test]
    [Timeout(120_000)]
    public async Task East_Asias_encodings_are_decoded_as_the_standard_says(CancellationToken cancellation)
    {
        var random = new Random(20_26);
        List<Line> lines = [];
        foreach (string encoding in EncodingCases.Names)
        {
            lines.AddRange(EncodingCases.Whole(encoding).Chunk(512).Select(sequences => new Line(encoding, sequences, IsCompared: true)));
            lines.Add(new Line(encoding, [.. EncodingCases.Sound(random, encoding, 300)], IsCompared: true));
            lines.Add(new Line(encoding, [.. EncodingCases.Cut(random, 700)], IsCompared: false));
        }

        string[] answers = NpmBundles.NodeWithInput("encodings.mjs", string.Join('\n', lines.Select(static line => $"{line.Encoding} {string.Join(' ', line.Sequences)}")) + "\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(answers.Length).IsEqualTo(2 * lines.Count);

        EncodingDifferences known = EncodingDifferences.Read();
        List<string> wrong = [];
        for (int i = 0; i < lines.Count; i++)
        {
            string here = Here(lines[i]), standard = answers[2 * i], node = answers[(2 * i) + 1];
            if (here != standard)
            {
                wrong.AddRange(Differences(lines[i], here, standard).Select(static difference => $"from the standard: {difference}"));
            }

            // Of sequences at random some are other in Node for many reasons at once: what those are made of is seen by itself.
            if (here != node && lines[i].IsCompared)
            {
                wrong.AddRange(Differences(lines[i], here, node).Where(difference => !known.Explains(difference)).Select(static difference => $"from Node: {difference}"));
            }
        }

        if (wrong.Count > 0)
        {
            Assert.Fail($"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(40))}");
        }

        await Assert.That(string.Join('\n', known.Unused)).IsEqualTo("").Because("these are no differences any more");
    }

    private static string Here(Line line)
    {
        var json = new StringBuilder("[");
        foreach (string sequence in line.Sequences)
        {
            byte[][] pieces = [.. sequence.Split(',').Select(Convert.FromHexString)];
            string forgiving = Decode(line.Encoding, pieces, isFatal: false)!;
            string? fatal = Decode(line.Encoding, pieces, isFatal: true);
            json.Append(json.Length > 1 ? "," : "").Append(SmallcapsText.QuoteJson(forgiving)).Append(',')
                .Append(fatal is null ? "null" : fatal == forgiving ? "0" : SmallcapsText.QuoteJson(fatal));
        }

        return json.Append(']').ToString();
    }

    private static string? Decode(string encoding, byte[][] pieces, bool isFatal)
    {
        VatDecoder decoder = Encodings.Decoder(encoding, isFatal, ignoresMark: false);
        var texts = new string[pieces.Length];
        for (int i = 0; i < pieces.Length; i++)
        {
            if (decoder.Decode(pieces[i], hasMore: i < pieces.Length - 1) is not { } text)
            {
                return null;
            }

            texts[i] = text;
        }

        return string.Join('|', texts);
    }

    /// <summary>Lines such as <c>big5 f9fe: ffed / 2593</c>: the bytes, what comes of them here and there, and <c>!</c> where that is fatal.</summary>
    private static IEnumerable<string> Differences(Line line, string here, string there)
    {
        string[] ours = Shown(here), theirs = Shown(there);
        for (int i = 0; i < line.Sequences.Length; i++)
        {
            if (ours[i] != theirs[i])
            {
                yield return $"{line.Encoding} {line.Sequences[i]}: {ours[i]} / {theirs[i]}";
            }
        }
    }

    private static string[] Shown(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return [.. document.RootElement.EnumerateArray().Chunk(2).Select(static pair => CodePoints(pair[0]) + pair[1].ValueKind switch
        {
            JsonValueKind.Null => "!",
            JsonValueKind.String => $" fatal {CodePoints(pair[1])}",
            _ => "",
        })];
    }

    private static string CodePoints(JsonElement text) => string.Join(' ', text.GetString()!.EnumerateRunes().Select(static rune => rune.Value.ToString("x")));

    /// <param name="Encoding">A name.</param>
    /// <param name="Sequences">Bytes in hex, a comma between pieces.</param>
    /// <param name="IsCompared">With Node's own decoders too.</param>
    private sealed record Line(string Encoding, string[] Sequences, bool IsCompared);
}
