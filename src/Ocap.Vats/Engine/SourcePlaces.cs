using System.Globalization;

namespace Ocap.Vats;

/// <summary>
/// Where the lines of a bundle came from: the <c>ocapPlaces</c> that our bundler writes (Ocap.Bundler's PlaceMap says how). Most vats never throw anything that
/// is looked at, so it stays text until then.
/// </summary>
internal sealed class SourcePlaces
{
    private readonly string _text;
    private readonly byte[] _indentations;
    private List<(int Unit, string Name)>? _files;
    private readonly List<Record> _records = [];

    private readonly record struct Record(int Line, int Column, int File, int SourceLine, int SourceColumn);

    /// <param name="code">The bundle's code. Of it, only how far each line is indented is kept.</param>
    /// <param name="text">The map.</param>
    internal SourcePlaces(ReadOnlySpan<char> code, string text)
    {
        _text = text;
        List<byte> indentations = [];
        foreach (var line in code.EnumerateLines()) indentations.Add(Blanks(line));
        _indentations = [.. indentations];
    }

    /// <summary>The place in its source, as <c>file:line:column</c>, of a place in the code; null when that is no module's.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1.</param>
    internal string? Of(int line, int column)
    {
        // The vats of one bundle share it.
        lock (_records) Read();
        int at = LastAtOrBefore(line - 1, column - 1);
        if (at < 0 || _records[at] is not { File: > 0 } record || record.File > _files!.Count) return null;
        var (unit, name) = _files[record.File - 1];
        var (sourceLine, sourceColumn) = line - 1 == record.Line
            ? (record.SourceLine, record.SourceColumn + column - 1 - record.Column)
            : Following(record, line - 1, column - 1, unit);
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{sourceLine + 1}:{sourceColumn + 1}");
    }

    private (int Line, int Column) Following(Record record, int line, int column, int unit)
    {
        int indentation = line < _indentations.Length ? _indentations[line] : 0;
        return (record.SourceLine + line - record.Line, column + (Math.Min(indentation, column) * (unit - 1)));
    }

    private int LastAtOrBefore(int line, int column)
    {
        int low = 0;
        for (int high = _records.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (_records[middle].Line < line || (_records[middle].Line == line && _records[middle].Column <= column)) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    private void Read()
    {
        if (_files is not null) return;
        _files = [];
        try
        {
            Decode(_files);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            _records.Clear(); // a map that nothing can be learned from: the bundle's own places are shown
        }
    }

    private void Decode(List<(int Unit, string Name)> files)
    {
        string[] lines = _text.Split('\n');
        foreach (string file in lines.AsSpan(0, lines.Length - 1))
        {
            int blank = file.IndexOf(' ', StringComparison.Ordinal);
            files.Add((int.Parse(file.AsSpan(0, Math.Max(0, blank)), NumberStyles.None, CultureInfo.InvariantCulture), file[(blank + 1)..]));
        }
        Record last = default;
        for (int at = 0; at < lines[^1].Length;)
        {
            uint head = Unsigned(lines[^1], ref at);
            int lineOn = (int)(head >> 3);
            int line = last.Line + lineOn;
            int column = (int)Unsigned(lines[^1], ref at) + (lineOn == 0 ? last.Column : 0);
            int file = last.File + Signed((head & 4) != 0, ref at);
            var (expectedLine, expectedColumn) = file != last.File || file <= 0 || file > files.Count ? (0, 0)
                : lineOn == 0 ? (last.SourceLine, last.SourceColumn + column - last.Column)
                : Following(last, line, column, files[file - 1].Unit);
            last = new Record(line, column, file, expectedLine + Signed((head & 2) != 0, ref at), expectedColumn + Signed((head & 1) != 0, ref at));
            _records.Add(last);
        }

        int Signed(bool isThere, ref int at)
        {
            uint number = isThere ? Unsigned(lines[^1], ref at) : 0;
            return (number & 1) == 0 ? (int)(number >> 1) : -(int)(number >> 1);
        }
    }

    /// <summary>A number as source maps write it: base 64, five bits at a time.</summary>
    private static uint Unsigned(string text, ref int at)
    {
        uint number = 0;
        for (int shift = 0; shift < 32; shift += 5)
        {
            if (at >= text.Length) break;
            char c = text[at++];
            uint digit = c switch
            {
                >= 'A' and <= 'Z' => (uint)(c - 'A'),
                >= 'a' and <= 'z' => (uint)(c - 'a') + 26,
                >= '0' and <= '9' => (uint)(c - '0') + 52,
                '+' => 62,
                '/' => 63,
                _ => throw new FormatException(),
            };
            number |= (digit & 31) << shift;
            if ((digit & 32) == 0) return number;
        }
        throw new FormatException();
    }

    private static byte Blanks(ReadOnlySpan<char> line)
    {
        int blanks = line.IndexOfAnyExcept(' ');
        return (byte)Math.Min(blanks < 0 ? line.Length : blanks, byte.MaxValue);
    }
}
