namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>The characters that gb18030 has four bytes for: ranges of them, by their first pointer (Encoding standard §5, index gb18030 ranges).</summary>
internal static class Gb18030Ranges
{
    // The last pointer of the basic plane, the first of the others, and the last of all.
    private const int LastBasic = 39419;
    private const int FirstSupplementary = 189000;
    private const int Last = 1237575;

    // The one that is in no range.
    private const int AlonePointer = 7457;
    private const int AloneCodePoint = 0xE7C7;

    private static readonly Lazy<(int[] Pointers, int[] CodePoints)> Ranges = new(static () =>
    {
        (int Pointer, string Text)[] lines = [.. CodeIndex.Lines("gb18030-ranges")];
        return ([.. lines.Select(static line => line.Pointer)], [.. lines.Select(static line => Convert.ToInt32(line.Text, 16))]);
    });

    /// <summary>The code point at a pointer; 0 when there is none.</summary>
    internal static int CodePoint(int pointer)
    {
        if (pointer is (> LastBasic and < FirstSupplementary) or > Last)
        {
            return 0;
        }

        if (pointer == AlonePointer)
        {
            return AloneCodePoint;
        }

        (int[] pointers, int[] codePoints) = Ranges.Value;
        int found = Array.BinarySearch(pointers, pointer);
        int range = found >= 0 ? found : ~found - 1;
        return codePoints[range] + pointer - pointers[range];
    }
}
