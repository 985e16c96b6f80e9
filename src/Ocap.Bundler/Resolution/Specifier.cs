namespace Ocap.Bundler.Resolution;

/// <summary>A bare specifier taken apart.</summary>
/// <param name="Package"><c>name</c> or <c>@scope/name</c>; empty when it names none.</param>
/// <param name="Subpath"><c>.</c> or <c>./inside</c>.</param>
internal readonly record struct Specifier(string Package, string Subpath)
{
    public static Specifier Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && text.StartsWith('@'))
        {
            slash = text.IndexOf('/', slash + 1);
        }
        string package = slash < 0 ? text : text[..slash];
        bool isName = package.Length > 0 && package[0] is not ('.' or '/') && (package[0] != '@' || package.Contains('/', StringComparison.Ordinal));
        return isName ? new(package, slash < 0 ? "." : "." + text[slash..]) : default(Specifier) with { Package = "", Subpath = "." };
    }
}
