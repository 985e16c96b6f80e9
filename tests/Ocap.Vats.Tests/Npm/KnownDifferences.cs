namespace Ocap.Vats.Tests.Npm;

/// <summary>
/// A file of differences that are meant: a paragraph each, whose <c>#</c> lines give the reason and whose other lines are <c>- </c> for what is only there and
/// <c>+ </c> for what is only here. <c>*</c> stands for any text. Each must occur.
/// </summary>
internal sealed class KnownDifferences
{
    private readonly List<(string Pattern, string[] Parts)> _lines = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    internal IEnumerable<string> Unused => _lines.Select(static line => line.Pattern).Where(pattern => !_used.Contains(pattern));

    internal static KnownDifferences Read(string file)
    {
        var known = new KnownDifferences();
        var hasReason = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0) hasReason = false;
            else if (line[0] == '#') hasReason = true;
            else if (hasReason) known._lines.Add((line, line.Split('*')));
            else throw new InvalidDataException($"{file}: no reason is given for: {line}");
        }
        return known;
    }

    internal bool Covers(string difference)
    {
        var covered = false;
        foreach (var (pattern, parts) in _lines)
        {
            if (!Matches(difference, parts)) continue;
            _used.Add(pattern);
            covered = true;
        }
        return covered;
    }

    private static bool Matches(string text, string[] parts)
    {
        if (parts.Length == 1) return string.Equals(text, parts[0], StringComparison.Ordinal);
        if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }
        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
