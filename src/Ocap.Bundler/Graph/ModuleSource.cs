using System.Text;

namespace Ocap.Bundler.Graph;

/// <summary>A module as found: its identity, its text, and how people call it.</summary>
/// <param name="Key">Identity within a bundle: the full path, or <c>built-in:</c> and the specifier.</param>
/// <param name="File">The full path; null for a module that is no file.</param>
/// <param name="DisplayName">What messages call it.</param>
/// <param name="Text">Its text, without byte order mark.</param>
internal sealed record ModuleSource(string Key, string? File, string DisplayName, string Text)
{
    /// <summary>Whether its ending or its package makes it an ES module (true) or CommonJS (false); null when only the text can tell.</summary>
    public bool? IsEsm { get; init; }

    /// <summary>False when its package says that evaluating it does nothing that anyone would miss.</summary>
    public bool HasSideEffects { get; init; } = true;

    public bool IsTypeScript => Path.GetExtension(Key) is ".ts" or ".mts";

    public bool IsJson => Key.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>The file's name made an identifier. It depends on nothing but that name.</summary>
    public string BaseName
    {
        get
        {
            string stem = Path.GetFileNameWithoutExtension(Key);
            var name = new StringBuilder(stem.Length + 1);
            foreach (char c in stem)
            {
                name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '$' ? c : '_');
            }
            if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            {
                name.Insert(0, '_');
            }
            return name.ToString();
        }
    }
}
