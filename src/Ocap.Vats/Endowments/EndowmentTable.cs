using System.Collections.Frozen;
using Jint.Native;
using Ocap.Vats.Endowments.Random;
using Ocap.Vats.Endowments.Time;

namespace Ocap.Vats.Endowments;

/// <summary>
/// The globals that a vat may ask for by name (cluster-config §7), and how each is made. Names that belong together come from one place; a vat that asks
/// for none pays for none.
/// </summary>
internal static class EndowmentTable
{
    private static readonly FrozenDictionary<string, Func<EndowmentKit, JsValue>> Makers = new Dictionary<string, Func<EndowmentKit, JsValue>>(StringComparer.Ordinal)
    {
        ["setTimeout"] = static kit => kit.Timeouts.Set(),
        ["clearTimeout"] = static kit => kit.Timeouts.Clear(),
        ["setInterval"] = static kit => kit.Intervals.Set(),
        ["clearInterval"] = static kit => kit.Intervals.Clear(),
        ["Date"] = static kit => new VatDate(kit.Engine.Engine),
        ["Math"] = static kit => VatMath.Make(kit.Engine.Engine),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static bool Has(string name) => Makers.ContainsKey(name);

    /// <summary>Defines the globals a vat asked for. The engine is sealed afterwards, which hardens them.</summary>
    internal static void Install(EndowmentKit kit, IEnumerable<string> names)
    {
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            kit.Engine.DefineGlobal(name, Makers[name](kit), enumerable: true);
        }
    }
}
