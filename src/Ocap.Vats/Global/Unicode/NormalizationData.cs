using System.Text;

namespace Ocap.Vats.Global.Unicode;

/// <summary>
/// The data of Unicode normalization, which the runtime does not carry (<c>InvariantGlobalization</c>). Read when a vat first normalizes more than ASCII.
/// Hangul syllables are not in it: they follow from their numbers.
/// </summary>
internal sealed class NormalizationData
{
    private static readonly Lazy<NormalizationData> Read = new(static () => new NormalizationData());

    private readonly Dictionary<(int First, int Last), int> _composites = [];
    private readonly Dictionary<int, (int First, int Last)> _pairs = [];
    private readonly Dictionary<int, int[]> _singles = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<int, int> _classes = [];

    private NormalizationData()
    {
        using var stream = typeof(NormalizationData).Assembly.GetManifestResourceStream("normalization.txt")
            ?? throw new InvalidOperationException("The resource normalization.txt is not in the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Not by ReadLine: its idea of a line is wider than this file's.
        var section = "";
        var order = 0;
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                section = line[2..].Split(':')[0];
                continue;
            }
            int[] points = [.. line.EnumerateRunes().Select(static rune => rune.Value)];
            switch (section)
            {
                case "pairs":
                    _pairs.Add(points[0], (points[1], points[2]));
                    _composites.Add((points[1], points[2]), points[0]);
                    break;
                case "singles":
                    _singles.Add(points[0], points[1..]);
                    break;
                case "compatible":
                    _compatible.Add(points[0], points[1..]);
                    break;
                default:
                    order++;
                    foreach (var mark in points) _classes.Add(mark, order);
                    break;
            }
        }
    }

    internal static NormalizationData Instance => Read.Value;

    /// <summary>Where a combining mark comes among others; 0 for what is none. Not the class's number in Unicode, but its rank.</summary>
    internal int Class(int point) => point < 0x300 ? 0 : _classes.GetValueOrDefault(point);

    /// <summary>The composite of two, or 0.</summary>
    internal int Composite(int first, int last) => _composites.GetValueOrDefault((first, last));

    /// <summary>Appends the full decomposition of a character, which is itself when it has none.</summary>
    internal void Decompose(int point, bool compatible, List<int> into)
    {
        if (compatible && _compatible.TryGetValue(point, out var parts)) into.AddRange(parts);
        else if (_pairs.TryGetValue(point, out var pair))
        {
            Decompose(pair.First, compatible, into);
            Decompose(pair.Last, compatible, into);
        }
        else if (_singles.TryGetValue(point, out parts)) into.AddRange(parts);
        else into.Add(point);
    }
}
