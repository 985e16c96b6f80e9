using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ocap.Daemon.Log;

/// <summary>The text of one log line (spec/cli.md §2): <c>[&lt;time&gt;] [&lt;level&gt;] &lt;message&gt; &lt;data&gt;</c>.</summary>
internal static class LogLine
{
    /// <summary>The longest message and the longest data, each, in UTF-16 units; what is beyond is cut, with a word.</summary>
    internal const int LongestText = 16 * 1024;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c != '\t')]);

    internal static byte[] Format(DateTimeOffset time, LogLevel level, string message, string data)
    {
        var text = new StringBuilder(64 + Math.Min(message.Length + data.Length, 2 * LongestText))
            .Append('[').Append(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append("] [").Append(NameOf(level)).Append("] ");
        AppendSafely(text, message);
        text.Append(' ');
        AppendSafely(text, data);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Info => "info",
        LogLevel.Log => "log",
        LogLevel.Warn => "warn",
        _ => "error",
    };

    /// <summary>What a vat writes must not look like a line of ours or move a terminal's cursor: further lines are indented, control characters spelt out.</summary>
    private static void AppendSafely(StringBuilder target, string text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text.Length, LongestText));
        for (int control = kept.IndexOfAny(Controls); control >= 0; control = kept.IndexOfAny(Controls))
        {
            target.Append(kept[..control]);
            char c = kept[control];
            _ = c == '\n' ? target.Append("\n    ") : target.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            kept = kept[(control + 1)..];
        }

        target.Append(kept);
        if (text.Length > LongestText)
        {
            target.Append(CultureInfo.InvariantCulture, $"… ({text.Length - LongestText} characters cut)");
        }
    }
}
