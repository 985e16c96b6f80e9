using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Scopes;

/// <summary>
/// The comments by which authors tell bundlers what nobody would miss: <c>@__PURE__</c> before a call, <c>@__NO_SIDE_EFFECTS__</c> before a function. Each is
/// known by the start of the token it stands before.
/// </summary>
internal sealed class CallAnnotations
{
    private readonly HashSet<int> _pureCalls = [];
    private readonly HashSet<int> _pureFunctions = [];

    public static CallAnnotations In(string text, List<(int Start, int End)> comments, List<SourceToken> tokens)
    {
        var found = new CallAnnotations();
        int token = 0;
        foreach (var (start, end) in comments)
        {
            ReadOnlySpan<char> comment = text.AsSpan(start, end - start);
            HashSet<int>? which = Has(comment, "__PURE__") ? found._pureCalls : Has(comment, "__NO_SIDE_EFFECTS__") ? found._pureFunctions : null;
            if (which is null)
            {
                continue;
            }
            while (token < tokens.Count && tokens[token].Start < end)
            {
                token++;
            }
            if (token < tokens.Count)
            {
                which.Add(tokens[token].Start);
            }
        }
        return found;
    }

    /// <summary>Whether the call or <c>new</c> expression that begins at <paramref name="start"/> may be left out when its value is not used.</summary>
    public bool IsPureCall(int start) => _pureCalls.Contains(start);

    /// <summary>Whether the function or declaration that begins at <paramref name="start"/> is one whose calls may be left out.</summary>
    public bool IsPureFunction(int start) => _pureFunctions.Contains(start);

    private static bool Has(ReadOnlySpan<char> comment, string mark) =>
        comment.IndexOf(mark, StringComparison.Ordinal) is var at and > 0 && comment[at - 1] is '@' or '#';
}
