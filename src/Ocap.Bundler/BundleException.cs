using System.Globalization;
using System.Text;

namespace Ocap.Bundler;

/// <summary>
/// A source cannot be bundled. The message is complete: place and reason, the line itself with a caret under the column, and who imported the file.
/// </summary>
public sealed class BundleException : Exception
{
    internal BundleException(string file, SourcePosition? position, string reason, IReadOnlyList<string> importChain)
        : base(Compose(file, position, reason, importChain))
    {
        File = file;
        Line = position?.Line;
        Column = position?.Column;
        SourceLine = position?.LineText;
        Reason = reason;
        ImportChain = importChain;
    }

    /// <summary>The file at fault, as shown to people.</summary>
    public string File { get; }

    /// <summary>Line in it, from 1; null when the fault has no place.</summary>
    public int? Line { get; }

    /// <summary>Column in that line in UTF-16 code units, from 1.</summary>
    public int? Column { get; }

    /// <summary>The line itself.</summary>
    public string? SourceLine { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>The files that led to <see cref="File"/>, nearest importer first; empty for the entry.</summary>
    public IReadOnlyList<string> ImportChain { get; }

    private static string Compose(string file, SourcePosition? position, string reason, IReadOnlyList<string> importChain)
    {
        var message = new StringBuilder(file);
        if (position is { } at)
        {
            message.Append(CultureInfo.InvariantCulture, $":{at.Line}:{at.Column}");
        }
        message.Append(": ").Append(reason);
        if (position is { } place)
        {
            string number = place.Line.ToString(CultureInfo.InvariantCulture);
            message.Append('\n').Append("  ").Append(number).Append(" | ").Append(place.Excerpt)
                .Append('\n').Append(' ', number.Length + 2).Append(" | ").Append(place.CaretIndent).Append('^');
        }
        foreach (string importer in importChain)
        {
            message.Append("\n  imported by ").Append(importer);
        }
        return message.ToString();
    }
}
