namespace Ocap.Bundler.Places;

/// <summary>Where the lines of a text begin. Lines and columns count from 0.</summary>
internal sealed class LineTable
{
    private readonly List<int> _starts = [0];

    public LineTable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\u2028' or '\u2029' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                _starts.Add(i + 1);
            }
        }
    }

    public (int Line, int Column) Of(int index)
    {
        int found = _starts.BinarySearch(index);
        int line = found >= 0 ? found : ~found - 1;
        return (line, index - _starts[line]);
    }

    /// <summary>Where a line begins; past the last, nowhere.</summary>
    public int Start(int line) => line < _starts.Count ? _starts[line] : int.MaxValue;
}
