using Jint;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Tests.Engine;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

/// <summary>What a vat's global is and does, compared with a compartment of the real <c>ses</c> in Node.</summary>
public sealed class OracleTests
{
    // Absent here, present there.
    private static readonly HashSet<string> OnlyThere = new(StringComparer.Ordinal)
    {
        "globalThis TextDecoder", "globalThis TextEncoder", "TextDecoder", "TextDecoder.prototype", "TextEncoder", "TextEncoder.prototype", // an endowment at the reference
        "globalThis Symbol(Symbol.unscopables)", // serves the scope that SES evaluates in
        "Compartment.prototype __noNamespaceBox__", // serves module loading
        "Object Symbol(harden)", // newer than the reference's own ses
    };

    // Present here, absent there: younger parts of the language that SES permits where the engine has them, and what the reference's ses still had.
    private static readonly HashSet<string> OnlyHere = new(StringComparer.Ordinal)
    {
        "globalThis exports", "globalThis global", "Error.prototype stack",
        "globalThis Iterator", "Iterator", "Iterator.prototype", "%IteratorPrototype% Symbol(Symbol.toStringTag)", "%IteratorPrototype% constructor",
        "%IteratorPrototype% drop", "%IteratorPrototype% every", "%IteratorPrototype% filter", "%IteratorPrototype% find", "%IteratorPrototype% flatMap",
        "%IteratorPrototype% forEach", "%IteratorPrototype% map", "%IteratorPrototype% reduce", "%IteratorPrototype% some", "%IteratorPrototype% take",
        "%IteratorPrototype% toArray", "Array fromAsync", "DataView.prototype getFloat16", "DataView.prototype setFloat16", "Error isError",
        "globalThis Float32Array", "globalThis Float64Array", "Float32Array", "Float32Array.prototype", "Float64Array", "Float64Array.prototype",
        "JSON isRawJSON", "JSON rawJSON", "Map groupBy", "Map.prototype getOrInsert", "Map.prototype getOrInsertComputed", "Math f16round",
        "Math sumPrecise", "Object groupBy", "Promise try", "Promise withResolvers", "RegExp escape", "Set.prototype difference",
        "Set.prototype intersection", "Set.prototype isDisjointFrom", "Set.prototype isSubsetOf", "Set.prototype isSupersetOf",
        "Set.prototype symmetricDifference", "Set.prototype union", "Uint8Array fromBase64", "Uint8Array fromHex", "Uint8Array.prototype setFromBase64",
        "Uint8Array.prototype setFromHex", "Uint8Array.prototype toBase64", "Uint8Array.prototype toHex", "WeakMap.prototype getOrInsert",
        "WeakMap.prototype getOrInsertComputed",
    };

    [Test]
    public async Task A_vats_global_behaves_as_a_ses_compartments_does()
    {
        var expected = NpmBundles.Node("oracle.mjs", "cases", "global-table");
        var actual = VatBench.Run(static vat => CaseTable.Print(vat, Exports(vat)));
        await Assert.That(actual).IsEqualTo(expected);
    }

    [Test]
    public async Task Every_intrinsic_has_the_properties_it_has_under_ses_and_the_differences_are_known()
    {
        var there = Facts(NpmBundles.Node("oracle.mjs", "tables", "global-table"));
        var here = Facts(VatBench.Run(static vat => TypeConverter.ToString(Exports(vat).Get("tables").Call())));
        await Assert.That(there.Count).IsGreaterThan(500);
        await Assert.That(string.Join('\n', there.Except(here).Except(OnlyThere).Where(fact => !Owned(fact, OnlyThere)))).IsEqualTo("");
        await Assert.That(string.Join('\n', here.Except(there).Except(OnlyHere).Where(fact => !Owned(fact, OnlyHere)))).IsEqualTo("");
    }

    private static ObjectInstance Exports(VatEngine vat) => (ObjectInstance)vat.EvaluateBundle("global-table", NpmBundles.Code("global-table"));

    // A property of an intrinsic that is listed as a whole.
    private static bool Owned(string fact, HashSet<string> known) => known.Contains(fact.Split(' ')[0]);

    private static HashSet<string> Facts(string table)
    {
        var facts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0) continue;
            foreach (var name in line[(colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) facts.Add($"{line[..colon]} {name}");
        }
        return facts;
    }
}
