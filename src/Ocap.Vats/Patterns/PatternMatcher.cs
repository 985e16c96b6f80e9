using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>
/// Whether data matches a pattern as @endo/patterns has them. Vat code makes patterns with the copy of that package that it bundles: they are data too,
/// tagged <c>match:…</c>. Shapes of stores and of state, and guards of methods, are patterns.
/// </summary>
internal sealed class PatternMatcher
{
    private readonly Dictionary<string, Matcher> _matchers = new(StringComparer.Ordinal);
    private readonly GuardShapes _guards;
    private readonly RankOrder _rank;

    internal PatternMatcher(Passables passables)
    {
        Passables = passables;
        _rank = new RankOrder(passables);
        Keys = new Keys(passables);
        Order = new KeyOrder(passables, Keys);
        Patterns = new PatternMakers(passables);
        _guards = new GuardShapes(Patterns);
        Split = new SplitMatchers(this);
        new LogicMatchers(this).Register(_matchers);
        new ScalarMatchers(this).Register(_matchers);
        new ContainerMatchers(this).Register(_matchers);
        Split.Register(_matchers);
    }

    internal Passables Passables { get; }

    internal Keys Keys { get; }

    internal KeyOrder Order { get; }

    internal PatternMakers Patterns { get; }

    internal SplitMatchers Split { get; }

    internal Complaints Complaints => Passables.Complaints;

    internal bool Matches(JsValue specimen, JsValue pattern) => Confirm(specimen, pattern, fail: false);

    /// <exception cref="Jint.Runtime.JavaScriptException">It does not match; the error says where and why.</exception>
    internal void MustMatch(JsValue specimen, JsValue pattern, string? label = null) => ConfirmLabeled(specimen, pattern, label, fail: true);

    /// <summary>The same with a label that is made only when it is needed.</summary>
    internal void MustMatch(JsValue specimen, JsValue pattern, Func<string> label)
    {
        try
        {
            if (Matches(specimen, pattern))
            {
                return;
            }
        }
        catch (Jint.Runtime.JavaScriptException)
        {
            // It comes again below, with the label.
        }

        MustMatch(specimen, pattern, label());
    }

    /// <summary>Whether a pattern is <c>M.any()</c>.</summary>
    internal bool IsAny(JsValue pattern) => ReferenceEquals(pattern, Patterns.Any) || _rank.Compare(pattern, Patterns.Any) == 0;

    internal bool ConfirmLabeled(JsValue specimen, JsValue pattern, string? label, bool fail) =>
        Complaints.Labeled(label, () => Confirm(specimen, pattern, fail));

    internal void RequirePattern(JsValue pattern) => ConfirmPattern(pattern, fail: true);

    /// <summary>The pass style of a value, or the tag of tagged data that keeps what its tag promises; null for other tagged data.</summary>
    internal string? KindOf(JsValue specimen, bool fail)
    {
        PassStyle style = Passables.StyleOf(specimen);
        if (style != PassStyle.Tagged)
        {
            return style.Name();
        }

        if (Passables.FactsOf(specimen) is { Kind: { } known })
        {
            return known;
        }

        string tag = Passables.TagOf(specimen);
        return ConfirmTagged(specimen, tag, fail) ? Passables.FactsOn(specimen).Kind = tag : null;
    }

    internal bool ConfirmKind(JsValue specimen, string kind, bool fail)
    {
        if (kind is "null" or "undefined")
        {
            return ConfirmSame(specimen, kind is "null" ? JsValue.Null : JsValue.Undefined, fail);
        }

        string? actual = KindOf(specimen, fail);
        return string.Equals(kind, actual, StringComparison.Ordinal)
            || Complaints.Reject(fail, $"{Bare(actual ?? "unknown")} {specimen} - Must be a {Bare(kind)}");
    }

    internal bool IsUndefinedPattern(JsValue pattern) =>
        pattern.IsUndefined() || (ConfirmKind(pattern, "match:kind", fail: false) && Passables.Payload(pattern) is JsString kind && kind == "undefined");

    internal bool IsPattern(JsValue pattern) => ConfirmPattern(pattern, fail: false);

    internal bool ConfirmPattern(JsValue pattern, bool fail)
    {
        if (Keys.Is(pattern) || Passables.FactsOf(pattern) is { IsPattern: true })
        {
            return true;
        }

        bool confirmed = ConfirmPatternOnce(pattern, fail);
        if (confirmed)
        {
            Passables.FactsOn(pattern).IsPattern = true;
        }

        return confirmed;
    }

    internal bool Confirm(JsValue specimen, JsValue pattern, bool fail)
    {
        string? kind = KindOf(pattern, fail: true);
        string? actual = KindOf(specimen, fail: false);
        switch (kind)
        {
            case null:
                return Complaints.Reject(fail, $"pattern expected: {pattern}");
            case "promise":
                return Complaints.Reject(fail, $"promises cannot be patterns: {pattern}");
            case "error":
                return Complaints.Reject(fail, $"errors cannot be patterns: {pattern}");
            case "copyArray" or "copyRecord" or "copyMap" when !Keys.Is(pattern):
                if (!string.Equals(actual, kind, StringComparison.Ordinal))
                {
                    return Complaints.Reject(fail, $"{specimen} - Must be a {kind} to match a {kind} pattern: {Justin(pattern, fail)}");
                }

                return kind switch
                {
                    "copyArray" => ConfirmArray(specimen, pattern, fail),
                    "copyRecord" => ConfirmRecord(specimen, pattern, fail),
                    _ => ConfirmMap(specimen, pattern, fail),
                };
            default:
                return _matchers.TryGetValue(kind, out Matcher? matcher)
                    ? matcher.Confirm(specimen, Passables.Payload(pattern), fail)
                    : ConfirmSame(specimen, pattern, fail);
        }
    }

    /// <summary>The rows of a collection whose keys can match a pattern.</summary>
    internal RankCover CoverOf(JsValue pattern, Func<JsValue, string> encode)
    {
        if (Keys.Is(pattern))
        {
            string encoded = encode(pattern);
            return new RankCover(encoded, encoded + "~");
        }

        PassStyle style = Passables.StyleOf(pattern);
        return style == PassStyle.Tagged && _matchers.TryGetValue(Passables.TagOf(pattern), out Matcher? matcher)
            ? matcher.Cover(Passables.Payload(pattern), encode)
            : RankCover.Of(style);
    }

    internal string Justin(JsValue pattern, bool wanted) => wanted ? JustinText.Quoted(Passables, pattern) : "";

    /// <summary>A name as messages have it: bare when it is a plain word or several.</summary>
    internal static string Bare(string name)
    {
        bool gap = true;
        foreach (char c in name)
        {
            bool isWord = char.IsAsciiLetterOrDigit(c) || c is '_' or ':' or '-';
            if (!isWord && (c != ' ' || gap))
            {
                return Quoting.Quote(name);
            }

            gap = !isWord;
        }

        return gap ? Quoting.Quote(name) : name;
    }

    private bool ConfirmSame(JsValue specimen, JsValue key, bool fail) =>
        (Keys.Is(specimen) && Order.AreEqual(specimen, key)) || Complaints.Reject(fail, $"{specimen} - Must be: {key}");

    private bool ConfirmTagged(JsValue tagged, string tag, bool fail)
    {
        JsValue payload = Passables.Payload(tagged);
        if (_matchers.TryGetValue(tag, out Matcher? matcher))
        {
            return matcher.IsWellFormed(payload, fail);
        }

        if (_guards.PayloadOf(tag) is { } shape)
        {
            return ConfirmLabeled(payload, shape, tag, fail);
        }

        return tag switch
        {
            "copySet" => Keys.Collections.ConfirmSet(tagged, fail),
            "copyBag" => Keys.Collections.ConfirmBag(tagged, fail),
            "copyMap" => Keys.Collections.ConfirmMap(tagged, fail),
            _ => Complaints.Reject(fail, $"cannot check unrecognized tag {Quoting.Quote(tag)}: {tagged}"),
        };
    }

    private bool ConfirmPatternOnce(JsValue pattern, bool fail)
    {
        string? kind = KindOf(pattern, fail);
        switch (kind)
        {
            case null:
                return false;
            case "copyRecord":
                return Passables.Names(pattern).TrueForAll(name => ConfirmPattern(Passables.Field(pattern, name), fail));
            case "copyArray":
                return Array.TrueForAll(Passables.Elements(pattern), item => ConfirmPattern(item, fail));
            case "copyMap":
                return ConfirmPattern(Passables.Field(Passables.Payload(pattern), "values"), fail);
            case "error" or "promise":
                return Complaints.Reject(fail, $"A {Quoting.Quote(kind)} cannot be a pattern");
            default:
                return _matchers.ContainsKey(kind) || Complaints.Reject(fail, $"A passable of kind {Quoting.Quote(kind)} is not a pattern: {pattern}");
        }
    }

    private bool ConfirmArray(JsValue specimen, JsValue pattern, bool fail)
    {
        JsValue[] values = Passables.Elements(specimen), patterns = Passables.Elements(pattern);
        if (values.Length != patterns.Length)
        {
            return Complaints.Reject(fail, $"Array {specimen} - Must be as long as copyArray pattern: {Justin(pattern, fail)}");
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!ConfirmLabeled(values[i], patterns[i], $"[{i}]", fail))
            {
                return false;
            }
        }

        return true;
    }

    private bool ConfirmRecord(JsValue specimen, JsValue pattern, bool fail)
    {
        List<string> names = RankOrder.NamesOf(pattern), actual = RankOrder.NamesOf(specimen);
        string[] missing = [.. names.Except(actual, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            return Complaints.Reject(fail, $"{specimen} - Must have missing properties {List(missing)}");
        }

        string[] unexpected = [.. actual.Except(names, StringComparer.Ordinal)];
        return unexpected.Length > 0
            ? Complaints.Reject(fail, $"{specimen} - Must not have unexpected properties: {List(unexpected)}")
            : names.TrueForAll(name => ConfirmLabeled(Passables.Field(specimen, name), Passables.Field(pattern, name), name, fail));

        JsValue List(string[] items) => Passables.Array(items.Select(static item => (JsValue)item));
    }

    private bool ConfirmMap(JsValue specimen, JsValue pattern, bool fail)
    {
        ObjectInstance KeySet(JsValue map) => Passables.Tagged("copySet", Passables.Field(Passables.Payload(map), "keys"));
        if (!Confirm(KeySet(specimen), KeySet(pattern), fail))
        {
            return false;
        }

        (JsValue? Pattern, JsValue? Specimen)[] pairs = [.. Order.Pairs(Keys.Collections.MapEntries(pattern), Keys.Collections.MapEntries(specimen))];
        return Confirm(
            Passables.Array(pairs.Select(static pair => pair.Specimen ?? JsValue.Undefined)),
            Passables.Array(pairs.Select(static pair => pair.Pattern ?? JsValue.Undefined)),
            fail);
    }
}
