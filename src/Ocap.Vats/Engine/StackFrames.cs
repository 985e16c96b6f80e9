using System.Globalization;
using System.Text;

namespace Ocap.Vats;

/// <summary>The frames of a stack trace as a vat's author knows the code: where it was written, not where the bundle has it.</summary>
internal sealed class StackFrames
{
    private const string InBundle = PreparedBundles.SourceName + ":";

    /// <summary>Set when a bundle that has a map is evaluated.</summary>
    internal SourcePlaces? Places { get; set; }

    /// <summary>The frames with each place of the bundle replaced by the one it came from, as far as that is known.</summary>
    internal string AtHome(string frames)
    {
        if (Places is not { } places || !frames.Contains(InBundle, StringComparison.Ordinal)) return frames;
        StringBuilder home = new(frames.Length);
        int done = 0;
        for (int at; (at = frames.IndexOf(InBundle, done, StringComparison.Ordinal)) >= 0;)
        {
            int end = at + InBundle.Length;
            bool isPlace = at == 0 || frames[at - 1] is ' ' or '(';
            string? place = isPlace && Number(frames, ref end) is { } line && end < frames.Length && frames[end++] == ':' && Number(frames, ref end) is { } column ? places.Of(line, column) : null;
            home.Append(frames, done, at - done).Append(place ?? frames[at..end]);
            done = end;
        }
        return home.Append(frames, done, frames.Length - done).ToString();
    }

    private static int? Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
