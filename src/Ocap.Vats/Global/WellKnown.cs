using System.Collections.Frozen;
using Jint;
using Jint.Native;
using Jint.Native.Symbol;

namespace Ocap.Vats.Global;

/// <summary>Property names as the tables here write them: text, with <c>@@iterator</c> for <c>Symbol.iterator</c>.</summary>
internal static class WellKnown
{
    private static readonly FrozenDictionary<string, JsSymbol> Symbols = new Dictionary<string, JsSymbol>(StringComparer.Ordinal)
    {
        ["@@asyncDispose"] = GlobalSymbolRegistry.AsyncDispose,
        ["@@asyncIterator"] = GlobalSymbolRegistry.AsyncIterator,
        ["@@dispose"] = GlobalSymbolRegistry.Dispose,
        ["@@hasInstance"] = GlobalSymbolRegistry.HasInstance,
        ["@@isConcatSpreadable"] = GlobalSymbolRegistry.IsConcatSpreadable,
        ["@@iterator"] = GlobalSymbolRegistry.Iterator,
        ["@@match"] = GlobalSymbolRegistry.Match,
        ["@@matchAll"] = GlobalSymbolRegistry.MatchAll,
        ["@@replace"] = GlobalSymbolRegistry.Replace,
        ["@@search"] = GlobalSymbolRegistry.Search,
        ["@@species"] = GlobalSymbolRegistry.Species,
        ["@@split"] = GlobalSymbolRegistry.Split,
        ["@@toPrimitive"] = GlobalSymbolRegistry.ToPrimitive,
        ["@@toStringTag"] = GlobalSymbolRegistry.ToStringTag,
        ["@@unscopables"] = GlobalSymbolRegistry.Unscopables,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static JsValue Key(string name) => Symbols.TryGetValue(name, out var symbol) ? symbol : name;

    internal static string Name(JsValue key)
    {
        if (!key.IsSymbol()) return key.ToString();
        foreach (var (name, symbol) in Symbols)
        {
            if (ReferenceEquals(symbol, key)) return name;
        }
        return key.ToString();
    }

    /// <summary>As the name of a function spells it: <c>[Symbol.iterator]</c>.</summary>
    internal static string Spelled(JsValue key) => Name(key) is ['@', '@', .. var symbol] ? $"[Symbol.{symbol}]" : Name(key);
}
