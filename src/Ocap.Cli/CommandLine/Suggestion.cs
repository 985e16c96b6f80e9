namespace Ocap.Cli.CommandLine;

/// <summary>Guesses what was meant by a mistyped word.</summary>
internal static class Suggestion
{
    /// <summary>The candidate that is nearest, if one is near enough: a third of its letters may be wrong, missing, doubled or swapped.</summary>
    internal static string? For(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.Length > 1 ? 0 : Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < least && distance <= Math.Max(1, candidate.Length / 3))
                (best, least) = (candidate, distance);
        }
        return best;
    }

    /// <summary>Edit distance, in which swapping two neighbours counts once.</summary>
    internal static int Distance(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[a.Length, b.Length];
    }
}
