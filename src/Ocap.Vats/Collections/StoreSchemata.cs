using Ocap.Marshal;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>What a collection's label is and which keys it takes, as kept in the vat's store beside its entries.</summary>
internal sealed record StoreSchemata(string Label, bool StringKeys)
{
    private const string AnyString = """{"#tag":"match:string","payload":[]}""";
    private const string Scalar = """{"#tag":"match:scalar","payload":"#undefined"}""";

    /// <summary>Keys that are strings: baggage.</summary>
    internal const string Strings = AnyString;

    /// <summary>Keys that are scalars.</summary>
    internal const string Scalars = Scalar;

    /// <summary>Keys that are scalars and strings: what the makers of scalar collections make of a key shape of strings.</summary>
    internal const string ScalarStrings = """{"#tag":"match:and","payload":[""" + Scalar + "," + AnyString + "]}";

    internal static CapData Write(string label, string keyShape) => new($$"""#{"keyShape":{{keyShape}},"label":{{SmallcapsText.QuoteJson(label)}}}""", []);

    /// <summary>What the store says, or null when it has no such collection or the shapes are others than those above.</summary>
    internal static StoreSchemata? Read(CrankVatstore store, string collection)
    {
        if (store.Get($"vc.{collection}.|schemata") is not { } text
            || StoredCapData.Parse(text) is not { Slots.Count: 0 } data
            || JsonTree.Parse(data.Body[1..]) is not JsonTree.Record record
            || record["label"] is not JsonTree.Text label)
        {
            return null;
        }

        foreach (string shape in (string[])[Strings, Scalars, ScalarStrings])
        {
            if (Write(label.Value, shape) == data)
            {
                return new StoreSchemata(label.Value, !string.Equals(shape, Scalars, StringComparison.Ordinal));
            }
        }

        return null;
    }
}
