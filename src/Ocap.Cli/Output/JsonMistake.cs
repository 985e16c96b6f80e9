using System.Text;
using System.Text.Unicode;
using Ocap.Rpc.Text;

namespace Ocap.Cli.Output;

/// <summary>Shows a person where a text stops being JSON.</summary>
internal static class JsonMistake
{
    private const int CharactersAround = 30;

    /// <summary>What is wrong, and beneath it the place, marked.</summary>
    /// <param name="json">A text that is not JSON.</param>
    internal static string Show(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return "It is not UTF-8 text.";
        // Lines are counted by carriage returns, of which a request on one line may have some: here they end with line feeds.
        byte[] lines = json.ToArray();
        lines.AsSpan().Replace((byte)'\r', (byte)' ');
        lines.AsSpan().Replace((byte)'\n', (byte)'\r');
        string complaint = Terminal.Harmless(JsonComplaint.About(lines).Replace('\r', ' '));
        if (json.IsEmpty)
            return complaint + ".";
        ReadOnlySpan<byte> before = lines.AsSpan(0, JsonComplaint.PositionIn(lines));
        string left = Encoding.UTF8.GetString(before[(before.LastIndexOf((byte)'\r') + 1)..]);
        ReadOnlySpan<byte> after = lines.AsSpan(before.Length);
        string right = Encoding.UTF8.GetString(after.IndexOf((byte)'\r') is >= 0 and var end ? after[..end] : after);
        string shownLeft = Shown(left.Length > CharactersAround ? "..." + left[^CharactersAround..] : left);
        string shownRight = Shown(right.Length > CharactersAround ? right[..CharactersAround] + "..." : right);
        return $"{complaint}\n  {shownLeft}{shownRight}\n  {new string(' ', shownLeft.Length)}^";
    }

    /// <summary>One column for each character, as far as a terminal goes along.</summary>
    private static string Shown(string text) => Terminal.Harmless(text.Replace('\t', ' '));
}
