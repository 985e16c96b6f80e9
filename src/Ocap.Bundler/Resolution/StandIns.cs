using Ocap.Bundler.BuiltIns;

namespace Ocap.Bundler.Resolution;

/// <summary>Lets built-in modules take the place of packages that are not installed, and remembers which, for one warning.</summary>
internal sealed class StandIns(Warnings warnings)
{
    private readonly SortedSet<string> _specifiers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _packages = new(StringComparer.Ordinal);

    public Resolved? TryFor(string specifier, string package)
    {
        if (!BuiltInModules.Has(specifier))
        {
            return null;
        }
        _specifiers.Add(specifier);
        _packages.Add(package);
        return new Resolved(null, specifier);
    }

    public void Warn()
    {
        if (_specifiers.Count > 0)
        {
            warnings.Add($"{string.Join(", ", _specifiers)}: not installed, so that a small version built into ocap stands in. For the real one: npm install {string.Join(' ', _packages)}");
        }
    }
}
