using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ocap.Bundler.Resolution;

/// <summary>Which files of a package do something when they are evaluated (<c>sideEffects</c>, a bundlers' convention): all, none, or those that match.</summary>
internal sealed class SideEffectRule
{
    private static readonly SideEffectRule All = new(null);

    private readonly Regex[]? _patterns;

    private SideEffectRule(Regex[]? patterns) => _patterns = patterns;

    public static SideEffectRule From(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.False } => new([]),
        { ValueKind: JsonValueKind.Array } list => new([.. from item in list.EnumerateArray() where item.ValueKind == JsonValueKind.String select Pattern(item.GetString()!)]),
        { ValueKind: JsonValueKind.String } one => new([Pattern(one.GetString()!)]),
        _ => All,
    };

    /// <param name="file">Path within the package, with forward slashes.</param>
    public bool Covers(string file) => _patterns is null || Array.Exists(_patterns, p => p.IsMatch(file));

    // A pattern without a slash means files of that name anywhere.
    private static Regex Pattern(string glob)
    {
        string path = glob.StartsWith("./", StringComparison.Ordinal) ? glob[2..] : glob;
        var regex = new StringBuilder("^");
        if (!path.Contains('/', StringComparison.Ordinal) && !glob.StartsWith("./", StringComparison.Ordinal))
        {
            regex.Append("(?:.*/)?");
        }
        int braces = 0;
        for (int i = path.StartsWith('/') ? 1 : 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '*' when i + 2 < path.Length && path[i + 1] == '*' && path[i + 2] == '/':
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when i + 1 < path.Length && path[i + 1] == '*':
                    regex.Append(".*");
                    i++;
                    break;
                case '*': regex.Append("[^/]*"); break;
                case '?': regex.Append("[^/]"); break;
                case '{': regex.Append("(?:"); braces++; break;
                case '}' when braces > 0: regex.Append(')'); braces--; break;
                case ',' when braces > 0: regex.Append('|'); break;
                default: regex.Append(Regex.Escape(path[i].ToString())); break;
            }
        }
        regex.Append(')', braces).Append('$');
        return new Regex(regex.ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
