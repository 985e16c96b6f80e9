using System.Globalization;
using System.Text;
using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Places;

/// <summary>
/// Where each place of a bundle's code came from, as text for the bundle's <c>ocapPlaces</c>: a line for each file (how many columns one blank of indentation
/// stands for, a blank, the file's name), then a line of records. A record says what does not follow from the one before, in numbers written as source maps write theirs
/// (base 64, five bits at a time): first how many lines on, times eight, plus 4, 2 and 1 for each of the last three numbers that is there; then the column (on
/// the same line, from the last record's); then, with their sign in the last bit, the file (0 is none) from the last one's, and how far line and column of the
/// source are from what follows. What follows: on the same line, as many columns on; on later ones, as many lines on, and the same column with the indentation
/// multiplied; in another file, its first place. So a record is needed only where lines were left out or something on a line has another length.
/// </summary>
internal sealed class PlaceMap
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly BundleCode _code;
    private readonly string _directory;
    private readonly bool _withColumns;
    private readonly LineTable _lines;
    private readonly List<int> _units = [];
    private readonly StringBuilder _files = new();
    private readonly StringBuilder _records = new();
    private Place _last;

    private readonly record struct Place(int Line, int Column, int File, int SourceLine, int SourceColumn);

    private PlaceMap(BundleCode code, string directory, bool withColumns)
    {
        _code = code;
        _directory = directory;
        _withColumns = withColumns;
        _lines = new LineTable(code.Text);
    }

    /// <param name="code">The code.</param>
    /// <param name="directory">What the names of files are relative to.</param>
    /// <param name="withColumns">False where white space between tokens is gone: then lines are right, and columns near.</param>
    public static string Encode(BundleCode code, string directory, bool withColumns)
    {
        var map = new PlaceMap(code, directory, withColumns);
        foreach (ModulePart part in code.Parts.Where(p => p.Runs.Count > 0))
        {
            map.Add(part);
        }
        return map._files.Append(map._records).ToString();
    }

    private void Add(ModulePart part)
    {
        var source = new LineTable(part.Module.Text);
        List<Place> places = [.. part.Runs.SelectMany(run => Places(run, _units.Count + 1, source))];
        AddFile(part.Module, places);
        foreach (Place place in places)
        {
            Record(place);
        }
        var (line, column) = _lines.Of(part.End);
        Record(new Place(line, column, 0, 0, 0));
    }

    // Its start, and the start of each line in it.
    private IEnumerable<Place> Places(Run run, int file, LineTable source)
    {
        for (int at = 0; at < run.Length;)
        {
            var (line, column) = _lines.Of(run.Target + at);
            var (sourceLine, sourceColumn) = source.Of(run.Source + at);
            yield return new Place(line, column, file, sourceLine, sourceColumn);
            at = Math.Min(_lines.Start(line + 1), int.MaxValue - 1) - run.Target;
        }
    }

    private void AddFile(Module module, List<Place> places)
    {
        int unit = 1;
        foreach (Place place in places)
        {
            if (place.Column > 0 && place.Column == Indentation(place.Line) && place.SourceColumn % place.Column == 0)
            {
                unit = Math.Max(1, place.SourceColumn / place.Column);
                break;
            }
        }
        _units.Add(unit);
        _files.Append(CultureInfo.InvariantCulture, $"{unit} {NameOf(module)}\n");
    }

    // A package is found by its name wherever it is installed; everything else lies where it does from the entry.
    private string NameOf(Module module)
    {
        if (module.File is null)
        {
            return module.DisplayName;
        }
        string path = Path.GetRelativePath(_directory, module.File).Replace('\\', '/');
        int package = path.LastIndexOf("node_modules/", StringComparison.Ordinal);
        return (package > 0 && path[package - 1] == '/' ? path[package..] : path).ReplaceLineEndings("?");
    }

    private void Record(Place place)
    {
        Place expected = Expected(place);
        if (place.File == _last.File && (place.File == 0 || (place.SourceLine == expected.SourceLine && (!_withColumns || place.SourceColumn == expected.SourceColumn))))
        {
            return;
        }
        int file = place.File - _last.File;
        int line = place.SourceLine - expected.SourceLine;
        int column = place.SourceColumn - expected.SourceColumn;
        WriteUnsigned(((uint)(place.Line - _last.Line) << 3) | (file != 0 ? 4u : 0) | (line != 0 ? 2u : 0) | (column != 0 ? 1u : 0));
        WriteUnsigned((uint)(place.Line == _last.Line ? place.Column - _last.Column : place.Column));
        WriteUnlessZero(file);
        WriteUnlessZero(line);
        WriteUnlessZero(column);
        _last = place;
    }

    private Place Expected(Place place)
    {
        if (place.File != _last.File || place.File == 0)
        {
            return default;
        }
        return place.Line == _last.Line
            ? _last with { SourceColumn = _last.SourceColumn + place.Column - _last.Column }
            : new Place(0, 0, 0, _last.SourceLine + place.Line - _last.Line, place.Column + (Math.Min(Indentation(place.Line), place.Column) * (_units[place.File - 1] - 1)));
    }

    private int Indentation(int line)
    {
        int start = _lines.Start(line);
        int blanks = _code.Text.AsSpan(start).IndexOfAnyExcept(' ');
        return blanks < 0 ? _code.Text.Length - start : blanks;
    }

    private void WriteUnlessZero(int number)
    {
        if (number != 0)
        {
            WriteUnsigned(number < 0 ? ((uint)-number << 1) | 1 : (uint)number << 1);
        }
    }

    private void WriteUnsigned(uint rest)
    {
        do
        {
            uint digit = rest & 31;
            rest >>= 5;
            _records.Append(Base64[(int)(rest > 0 ? digit | 32 : digit)]);
        }
        while (rest > 0);
    }
}
