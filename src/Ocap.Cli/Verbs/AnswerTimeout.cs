using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ocap.Cli.Verbs;

/// <summary>The <c>--timeout</c> of the commands that wait for an answer: whole seconds.</summary>
internal static class AnswerTimeout
{
    /// <param name="typed">What was typed; null for none.</param>
    /// <param name="limit">How long to wait; null for as long as it takes.</param>
    /// <param name="mistake">What is wrong, as a sentence; null when nothing is.</param>
    internal static bool TryRead(string? typed, out TimeSpan? limit, [NotNullWhen(false)] out string? mistake)
    {
        limit = null;
        mistake = null;
        if (typed is null)
            return true;
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds < 1)
        {
            mistake = $"--timeout must be a positive integer, got: {typed}";
            return false;
        }
        limit = TimeSpan.FromMilliseconds(Math.Min(seconds * 1000L, int.MaxValue));
        return true;
    }
}
