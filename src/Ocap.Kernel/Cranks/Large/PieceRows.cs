using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>
/// Where the pieces of a vat's crank wait: <c>crank.v2.0</c>, <c>crank.v2.1</c>… A crank whose rows are all there is true from the commit on that writes
/// <c>crank.v2</c>, which says how many; each row goes with the commit of its piece, and that with the last.
/// </summary>
internal static class PieceRows
{
    private const string Prefix = "crank.";

    internal static string Seal(VatId vat) => string.Concat(Prefix, vat.ToString());

    internal static string Row(VatId vat, int piece) => string.Concat(Prefix, vat.ToString(), ".", Counter.Text(piece));

    /// <summary>
    /// What a process before this one has left: sealed cranks, each with the first of its pieces that is left and how many it had, and the keys of what never
    /// became one or whose vat has ended: a process that ends a vat at its start may die before it comes to these.
    /// </summary>
    internal static (List<(VatId Vat, int Next, int Count)> Sealed, List<string> Loose) Left(StateView view, Func<VatId, bool> isLive)
    {
        List<KeyValuePair<string, string>> rows = view.Scan(Prefix);
        var next = new Dictionary<VatId, int>();
        var counts = new Dictionary<VatId, int>();
        foreach ((string key, string value) in rows)
        {
            if (!TryRead(key, out VatId vat, out int? piece))
            {
                continue;
            }

            if (piece is { } number)
            {
                next[vat] = Math.Min(number, next.GetValueOrDefault(vat, int.MaxValue));
            }
            else if (isLive(vat))
            {
                counts[vat] = (int)Counter.Parse(value);
            }
        }

        List<(VatId Vat, int Next, int Count)> whole = [.. counts.Select(crank => (crank.Key, next.GetValueOrDefault(crank.Key, crank.Value), crank.Value)).OrderBy(static crank => crank.Key)];
        List<string> loose = [.. rows.Select(static row => row.Key).Where(key => TryRead(key, out VatId vat, out _) && !counts.ContainsKey(vat))];
        return (whole, loose);
    }

    private static bool TryRead(string key, out VatId vat, out int? piece)
    {
        piece = null;
        string[] parts = key[Prefix.Length..].Split('.');
        if (!VatId.TryParse(parts[0], out vat) || parts.Length > 2)
        {
            return false;
        }

        if (parts.Length == 2)
        {
            piece = (int)Counter.Parse(parts[1]);
        }

        return true;
    }
}
