using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>Names of the symbols that can travel: registered ones, and those that are properties of <c>Symbol</c>.</summary>
internal sealed class PassableSymbols(JsRealm realm)
{
    /// <summary>The name that smallcaps writes behind <c>%</c>, or null when the symbol cannot travel.</summary>
    internal string? NameOf(JsSymbol symbol)
    {
        if (realm.SymbolKeyFor(symbol) is { } key)
        {
            return key.StartsWith("@@", StringComparison.Ordinal) ? "@@" + key : key;
        }

        foreach ((string name, JsSymbol known) in realm.WellKnownSymbols)
        {
            if (ReferenceEquals(known, symbol))
            {
                return name;
            }
        }

        return null;
    }

    internal JsSymbol Named(string name)
    {
        if (!name.StartsWith("@@", StringComparison.Ordinal))
        {
            return realm.SymbolFor(name);
        }

        string suffix = name[2..];
        if (suffix.StartsWith("@@", StringComparison.Ordinal))
        {
            return realm.SymbolFor(suffix);
        }

        return realm.WellKnownSymbols.TryGetValue(name, out JsSymbol? symbol)
            ? symbol
            : throw realm.Fail($"Reserved for well known symbol {Quoting.Quote(suffix)}: {Quoting.Quote(name)}");
    }
}
