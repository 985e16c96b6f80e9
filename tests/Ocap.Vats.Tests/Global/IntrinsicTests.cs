using Jint;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

/// <summary>
/// Every property of every object that a vat's global leads to, compared with a compartment of the real <c>ses</c> in Node: presence, attributes, data or
/// accessor, values, prototypes, extensibility, names and lengths of functions, what can be constructed. Walked by <c>npm/vats/intrinsics.js</c>.
/// </summary>
public sealed class IntrinsicTests
{
    [Test]
    public async Task Every_property_is_as_under_ses_and_each_difference_has_its_reason()
    {
        var there = Lines(NpmBundles.Node("oracle.mjs", "tables", "intrinsics"));
        var here = Lines(VatBench.Run(Walk));
        await Assert.That(there.Count).IsGreaterThan(3000);

        var known = KnownDifferences.Read(Path.Combine(NpmBundles.Folder, "intrinsics.differences.txt"));
        var unknown = there.Except(here).Select(static line => "- " + line).Concat(here.Except(there).Select(static line => "+ " + line)).Where(line => !known.Covers(line)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) Assert.Fail("Not listed:\n" + string.Join('\n', unknown));
        if (known.Unused.ToArray() is [_, ..] unused) Assert.Fail("Listed, but no longer so:\n" + string.Join('\n', unused));
    }

    private static string Walk(VatEngine vat)
    {
        vat.DefineGlobal("HandledPromise", new VatHeap(vat, "v1", new RecordingClient()).Promises.Constructor);
        vat.Seal();
        var exports = (ObjectInstance)vat.EvaluateBundle("intrinsics", NpmBundles.Code("intrinsics"));
        return TypeConverter.ToString(exports.Get("tables").Call());
    }

    private static HashSet<string> Lines(string table) => [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
