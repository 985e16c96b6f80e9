using System.Globalization;
using System.Text;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Output;

/// <summary>Writes names and strings as JavaScript source.</summary>
internal static class JsText
{
    /// <summary>A string literal. Nothing in it is refused by SES.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ' or '\u007f' or '\u2028' or '\u2029' or '\uFEFF': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }
        string quoted = text.Append('"').ToString();
        return SesLiteral.IsRefused(quoted) ? SesLiteral.Rewrite(quoted) : quoted;
    }

    /// <summary>A key of an object literal that defines a property, whatever its name: <c>__proto__: x</c> would set the prototype.</summary>
    public static string Key(string name) => name is "__proto__" ? "[\"__proto__\"]" : IsPlain(name) ? name : Quote(name);

    /// <summary>The property <paramref name="name"/> of what <paramref name="holder"/> is.</summary>
    public static string Member(string holder, string name) => IsPlain(name) ? $"{holder}.{name}" : $"{holder}[{Quote(name)}]";

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');
}
