namespace Ocap.Vats.Tests.Npm;

/// <summary>
/// A test vat prints a table, a line for each thing it tries; it is run here and in a compartment of the real <c>ses</c> in Node and compared. What differs has
/// to be listed with its reason in <c>npm/&lt;table&gt;.differences.txt</c>, and nothing else may be.
/// </summary>
internal static class TableLines
{
    /// <param name="table">The table's name.</param>
    /// <param name="printed">What the vat printed.</param>
    /// <param name="least">Lines that there must be.</param>
    /// <param name="leftOut">Lines with this word are not compared.</param>
    internal static async Task Compare(string table, string printed, int least, string? leftOut = null)
    {
        HashSet<string> there = Lines(NpmBundles.Node("oracle.mjs", "tables", table)), here = Lines(printed);
        there.RemoveWhere(IsLeftOut);
        here.RemoveWhere(IsLeftOut);
        await Assert.That(there.Count).IsGreaterThanOrEqualTo(least);

        var known = KnownDifferences.Read(Path.Combine(NpmBundles.Folder, $"{table}.differences.txt"));
        var unknown = there.Except(here).Select(static line => "- " + line).Concat(here.Except(there).Select(static line => "+ " + line)).Where(line => !known.Covers(line)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) Assert.Fail("Not listed:\n" + string.Join('\n', unknown));
        if (known.Unused.Where(line => !IsLeftOut(line)).ToArray() is [_, ..] unused) Assert.Fail("Listed, but no longer so:\n" + string.Join('\n', unused));

        bool IsLeftOut(string line) => leftOut is not null && line.Contains(leftOut, StringComparison.Ordinal);
    }

    private static HashSet<string> Lines(string table) => [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
