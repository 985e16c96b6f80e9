using Acornima;
using Ocap.Bundler.Output;

namespace Ocap.Bundler.Ses;

/// <summary>Finds code, as opposed to literals, that is fine JavaScript and that SES refuses by its looks, and edits it to equal code.</summary>
internal static class SesTokens
{
    /// <param name="text">The module's source.</param>
    /// <param name="tokens">Its tokens in order.</param>
    /// <param name="handled">Starts of tokens that are rewritten otherwise: real dynamic imports and real evals.</param>
    /// <param name="edits">Takes the edits.</param>
    public static void Edit(string text, List<SourceToken> tokens, HashSet<int> handled, List<Edit> edits)
    {
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            SourceToken token = tokens[i];
            SourceToken next = tokens[i + 1];
            if (token.IsName)
            {
                ReadOnlySpan<char> name = text.AsSpan(token.Start, token.End - token.Start);
                if (text[next.Start] == '(' && SesPatterns.LooksLikeCall(name) && !handled.Contains(token.Start))
                {
                    // An escape in an identifier changes nothing but its looks. It is allowed in every name that is not used as a keyword.
                    edits.Add(new Edit(token.Start, token.End, name.EndsWith("eval", StringComparison.Ordinal) ? $@"{name[..^4]}ev\u0061l" : $@"{name[..^6]}im\u0070ort"));
                }
            }
            else if (token.End == next.Start && (IsAt(text, token.End - 2, "-->") || (text[token.End - 1] == '<' && IsAt(text, token.End, "!--"))))
            {
                edits.Add(new Edit(token.End, token.End, " "));
            }
        }
    }

    private static bool IsAt(string text, int index, string part) => index >= 0 && string.CompareOrdinal(text, index, part, 0, part.Length) == 0;
}

/// <summary>A token's extent in its source; <see cref="IsName"/> for identifiers, private names and keywords.</summary>
internal readonly record struct SourceToken(int Start, int End, bool IsName)
{
    public static SourceToken From(in Token token) =>
        new(token.Start, token.End, token.Kind is TokenKind.Identifier or TokenKind.Keyword);
}
