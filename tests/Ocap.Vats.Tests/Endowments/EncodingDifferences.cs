using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ocap.Vats.Tests.Endowments;

/// <summary><c>encodings.differences.txt</c>: paragraphs whose <c>#</c> lines give a reason and whose other lines are patterns of what it explains. Each must explain something.</summary>
internal sealed class EncodingDifferences
{
    private readonly List<(string Encoding, Regex Pattern, bool[] IsUsed)> _known = [];

    internal IEnumerable<string> Unused => _known.Where(static known => !known.IsUsed[0]).Select(static known => known.Pattern.ToString());

    internal static EncodingDifferences Read([CallerFilePath] string path = "")
    {
        var differences = new EncodingDifferences();
        bool hasReason = false;
        foreach (string line in File.ReadLines(Path.Combine(Path.GetDirectoryName(path)!, "encodings.differences.txt")))
        {
            if (line is "" or ['#', ..])
            {
                hasReason = line != "";
            }
            else if (hasReason)
            {
                differences._known.Add((line.Split(' ')[0], new Regex($"^(?:{line})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), [false]));
            }
            else
            {
                throw new InvalidDataException($"No reason is given for: {line}");
            }
        }

        return differences;
    }

    internal bool Explains(string difference)
    {
        foreach ((string encoding, Regex pattern, bool[] isUsed) in _known)
        {
            if (difference.StartsWith(encoding, StringComparison.Ordinal) && pattern.IsMatch(difference))
            {
                isUsed[0] = true;
                return true;
            }
        }

        return false;
    }
}
