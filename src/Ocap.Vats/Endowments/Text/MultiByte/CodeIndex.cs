using System.Text;

namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>
/// An index of the Encoding standard (§5): the code points that an encoding's pointers stand for. Each is read from the executable when the first decoder
/// needs it, and kept. A line of <c>index-*.txt</c> is a row, or the part of it behind a gap: the first pointer, a space, and characters; <c>a-d</c> says abcd.
/// </summary>
internal sealed class CodeIndex
{
    private static readonly Lazy<CodeIndex> Big5Index = Of("big5");
    private static readonly Lazy<CodeIndex> EucKrIndex = Of("euc-kr");
    private static readonly Lazy<CodeIndex> Gb18030Index = Of("gb18030");
    private static readonly Lazy<CodeIndex> Jis0208Index = Of("jis0208");
    private static readonly Lazy<CodeIndex> Jis0212Index = Of("jis0212");

    private readonly int[] _codePoints;

    private CodeIndex(int[] codePoints) => _codePoints = codePoints;

    internal static CodeIndex Big5 => Big5Index.Value;

    internal static CodeIndex EucKr => EucKrIndex.Value;

    internal static CodeIndex Gb18030 => Gb18030Index.Value;

    internal static CodeIndex Jis0208 => Jis0208Index.Value;

    internal static CodeIndex Jis0212 => Jis0212Index.Value;

    /// <summary>The code point at a pointer; 0 when there is none, which no index has.</summary>
    internal int this[int pointer] => (uint)pointer < (uint)_codePoints.Length ? _codePoints[pointer] : 0;

    /// <summary>The lines of one of the files <c>index-*.txt</c>, each its first number and the rest.</summary>
    internal static IEnumerable<(int Pointer, string Text)> Lines(string name)
    {
        using Stream stream = typeof(CodeIndex).Assembly.GetManifestResourceStream($"index-{name}.txt")
            ?? throw new InvalidOperationException($"The index {name} of encodings is not in the executable.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (int.Parse(line.AsSpan(0, space)), line[(space + 1)..]);
        }
    }

    private static Lazy<CodeIndex> Of(string name) => new(() => new CodeIndex(Read(name)));

    private static int[] Read(string name)
    {
        List<int> codePoints = [];
        foreach ((int pointer, string characters) in Lines(name))
        {
            codePoints.AddRange(Enumerable.Repeat(0, pointer - codePoints.Count));
            bool isRange = false;
            foreach (Rune rune in characters.EnumerateRunes())
            {
                if (rune.Value == '-')
                {
                    isRange = true;
                    continue;
                }

                for (int between = isRange ? codePoints[^1] + 1 : rune.Value; between < rune.Value; between++)
                {
                    codePoints.Add(between);
                }

                codePoints.Add(rune.Value);
                isRange = false;
            }
        }

        return [.. codePoints];
    }
}
