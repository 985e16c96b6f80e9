using System.Collections.Frozen;
using Jint;
using Jint.Native;
using Ocap.Vats.Endowments.Files;
using Ocap.Vats.Endowments.Random;
using Ocap.Vats.Endowments.Time;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Endowments;

/// <summary>
/// The globals that a vat may ask for by name (cluster-config §7), and how each is made. Names that belong together come from one place; a vat that asks
/// for none pays for none.
/// </summary>
internal static class EndowmentTable
{
    private static readonly FrozenDictionary<string, Func<EndowmentKit, VatConfig, JsValue>> Makers = new Dictionary<string, Func<EndowmentKit, VatConfig, JsValue>>(StringComparer.Ordinal)
    {
        ["setTimeout"] = static (kit, _) => kit.Timeouts.Set(),
        ["clearTimeout"] = static (kit, _) => kit.Timeouts.Clear(),
        ["setInterval"] = static (kit, _) => kit.Intervals.Set(),
        ["clearInterval"] = static (kit, _) => kit.Intervals.Clear(),
        ["crypto"] = static (kit, _) => kit.Cryptography.Get("crypto"),
        ["SubtleCrypto"] = static (kit, _) => kit.Cryptography.Get("SubtleCrypto"),
        ["fetch"] = static (kit, config) => kit.Fetching.Get("makeFetch").Call(JsValue.Undefined, [new JsArray(kit.Engine.Engine, [.. config.AllowedHosts.Select(static host => (JsValue)host)])]),
        ["Request"] = static (kit, _) => kit.Fetching.Get("Request"),
        ["Response"] = static (kit, _) => kit.Fetching.Get("Response"),
        ["Headers"] = static (kit, _) => kit.Headers.Get("Headers"),
        ["TextEncoder"] = static (kit, _) => kit.Encoding.Get("TextEncoder"),
        ["TextDecoder"] = static (kit, _) => kit.Encoding.Get("TextDecoder"),
        ["atob"] = static (kit, _) => kit.Encoding.Get("atob"),
        ["btoa"] = static (kit, _) => kit.Encoding.Get("btoa"),
        ["URL"] = static (kit, _) => kit.Urls.Get("URL"),
        ["URLSearchParams"] = static (kit, _) => kit.Urls.Get("URLSearchParams"),
        ["AbortController"] = static (kit, _) => kit.Abort.Get("AbortController"),
        ["AbortSignal"] = static (kit, _) => kit.Abort.Get("AbortSignal"),
        ["Date"] = static (kit, _) => new VatDate(kit.Engine.Engine),
        ["Math"] = static (kit, _) => VatMath.Make(kit.Engine.Engine),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static bool Has(string name) => Makers.ContainsKey(name);

    /// <summary>Defines the globals a vat asked for. The engine is sealed afterwards, which hardens them.</summary>
    internal static void Install(EndowmentKit kit, VatConfig config)
    {
        foreach (string name in config.Globals.Distinct(StringComparer.Ordinal))
        {
            kit.Engine.DefineGlobal(name, Makers[name](kit, config), enumerable: true);
        }

        if (config.Files is { } functions)
        {
            kit.Engine.DefineGlobal("fs", new VatFiles(kit).Make(functions), enumerable: true);
        }
    }
}
