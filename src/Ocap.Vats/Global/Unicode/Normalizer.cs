using System.Text;

namespace Ocap.Vats.Global.Unicode;

/// <summary>The four normalization forms of Unicode (UAX 15) over JavaScript's strings, in which a surrogate may stand alone.</summary>
internal static class Normalizer
{
    private const int HangulBase = 0xac00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11a7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    // Everything below is unchanged by a form. NFC alone changes nothing before the combining marks.
    private const char FirstChanged = '\u00a0', FirstMark = '\u0300';

    // How many characters may go by between two looks at the budget.
    private const int Stride = 1 << 16;

    // The longest text that there is (build/engine/TextLength.cs). One character may become eighteen.
    private const int Longest = 1 << 25;

    /// <param name="text">Any string.</param>
    /// <param name="composes">NFC or NFKC.</param>
    /// <param name="compatible">NFKC or NFKD.</param>
    /// <param name="check">Called every now and then; may throw.</param>
    /// <returns>Null when it would be too long.</returns>
    internal static string? Normalize(string text, bool composes, bool compatible, Action check)
    {
        if (!text.AsSpan().ContainsAnyInRange(composes && !compatible ? FirstMark : FirstChanged, char.MaxValue)) return text;

        if (Decomposed(text, compatible, check) is not { } points) return null;
        if (composes) Compose(points);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (point < 0x10000) result.Append((char)point);
            else result.Append((char)(0xd7c0 + (point >> 10))).Append((char)(0xdc00 | (point & 0x3ff)));
            if (i % Stride == 0) check();
        }
        return result.ToString();
    }

    private static List<int>? Decomposed(string text, bool compatible, Action check)
    {
        var data = NormalizationData.Instance;
        var points = new List<int>(text.Length);
        var marks = 0;
        for (var i = 0; i < text.Length; i++)
        {
            int point = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) point = char.ConvertToUtf32(text[i], text[++i]);
            var start = points.Count;
            if (point is >= HangulBase and < HangulBase + (Leads * Vowels * Trails)) DecomposeHangul(point - HangulBase, points);
            else data.Decompose(point, compatible, points);
            if (points.Count > Longest) return null;

            // Marks are sorted in one go, when the next base comes: a string may be nothing but marks.
            for (var j = start; j < points.Count; j++)
            {
                if (data.Class(points[j]) != 0) continue;
                Sort(points, marks, j, data);
                marks = j + 1;
            }
            if (i % Stride == 0) check();
        }
        Sort(points, marks, points.Count, data);
        return points;
    }

    // Stable: marks of one class keep their order.
    private static void Sort(List<int> points, int from, int to, NormalizationData data)
    {
        var sorted = true;
        for (var i = from + 1; i < to && sorted; i++) sorted = data.Class(points[i - 1]) <= data.Class(points[i]);
        if (sorted) return;
        int[] ordered = [.. points.GetRange(from, to - from).OrderBy(data.Class)];
        for (var i = 0; i < ordered.Length; i++) points[from + i] = ordered[i];
    }

    private static void DecomposeHangul(int index, List<int> into)
    {
        into.Add(LeadBase + (index / (Vowels * Trails)));
        into.Add(VowelBase + (index % (Vowels * Trails) / Trails));
        if (index % Trails != 0) into.Add(TrailBase + (index % Trails));
    }

    private static void Compose(List<int> points)
    {
        var data = NormalizationData.Instance;
        int starter = -1, kept = 0, lastClass = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var order = data.Class(point);
            // A mark between the two, of the same or a later class, keeps them apart.
            var adjacent = starter == kept - 1;
            if (starter >= 0 && (adjacent || lastClass < order) && Composite(points[starter], point) is var composite and not 0)
            {
                points[starter] = composite;
                continue;
            }
            if (order == 0) starter = kept;
            lastClass = order;
            points[kept++] = point;
        }
        points.RemoveRange(kept, points.Count - kept);

        int Composite(int first, int last) =>
            first is >= LeadBase and < LeadBase + Leads && last is >= VowelBase and < VowelBase + Vowels ? HangulBase + ((((first - LeadBase) * Vowels) + last - VowelBase) * Trails)
            : first is >= HangulBase and < HangulBase + (Leads * Vowels * Trails) && (first - HangulBase) % Trails == 0 && last is > TrailBase and < TrailBase + Trails ? first + last - TrailBase
            : data.Composite(first, last);
    }
}
