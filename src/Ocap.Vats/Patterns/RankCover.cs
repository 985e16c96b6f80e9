using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>The part of a collection's rows that a pattern can match: from the first text on, up to but without the second.</summary>
internal readonly record struct RankCover(string Start, string End)
{
    internal static RankCover All { get; } = new("", "{");

    internal static RankCover AnyKey { get; } = new("a", "z~");

    internal static RankCover Of(PassStyle style) => style switch
    {
        PassStyle.Error => new("!", "\""),
        PassStyle.CopyRecord => new("(", ")"),
        PassStyle.Tagged => new(":", ";"),
        PassStyle.Promise => new("?", "@"),
        PassStyle.CopyArray => new("[", "_"),
        PassStyle.ByteArray => new("a", "b"),
        PassStyle.Boolean => new("b", "c"),
        PassStyle.Number => new("f", "g"),
        PassStyle.BigInt => new("n", "q"),
        PassStyle.Remotable => new("r", "s"),
        PassStyle.String => new("s", "t"),
        PassStyle.Null => new("v", "w"),
        PassStyle.Symbol => new("y", "z"),
        _ => new("z", "{"),
    };

    internal static RankCover Intersect(IEnumerable<RankCover> covers) =>
        covers.Aggregate(All, static (a, b) => new(Max(a.Start, b.Start), Min(a.End, b.End)));

    internal static RankCover Unite(IEnumerable<RankCover> covers) =>
        covers.Aggregate(new RankCover("{", ""), static (a, b) => new(Min(a.Start, b.Start), Max(a.End, b.End)));

    private static string Max(string a, string b) => string.CompareOrdinal(a, b) >= 0 ? a : b;

    private static string Min(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? a : b;
}

/// <summary>What one sort of pattern does.</summary>
/// <param name="Confirm">Whether a value (first) matches the pattern with that payload (second); when it does not and the third is true, an error says why.</param>
/// <param name="IsWellFormed">Whether a payload makes a pattern.</param>
/// <param name="Cover">Which keys can match.</param>
internal sealed record Matcher(
    Func<JsValue, JsValue, bool, bool> Confirm,
    Func<JsValue, bool, bool> IsWellFormed,
    Func<JsValue, Func<JsValue, string>, RankCover> Cover)
{
    internal Matcher(Func<JsValue, JsValue, bool, bool> confirm, Func<JsValue, bool, bool> isWellFormed, RankCover cover)
        : this(confirm, isWellFormed, (_, _) => cover)
    {
    }
}
