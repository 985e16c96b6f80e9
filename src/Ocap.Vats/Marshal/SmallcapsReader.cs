using System.Globalization;
using System.Numerics;
using Jint;
using Jint.Native;
using Ocap.Marshal;

namespace Ocap.Vats.Marshal;

/// <summary>Reads one smallcaps body.</summary>
internal sealed class SmallcapsReader(JsRealm realm, Quoting quoting, PassStyles styles, Tagging tagging, RevivedSlots slots, ErrorReviver errors)
{
    // Nesting that may be deeper than data may be is left to the pass style's rules.
    private const int SureDepth = JsonTree.MaxDepth / 2;

    private int _depth;

    /// <summary>
    /// Whether all that was read is frozen and sure to be passable: scalars, slots, and arrays and records of them. If not, it is still to be hardened and
    /// looked at.
    /// </summary>
    internal bool IsPlain { get; private set; } = true;

    internal JsValue Read(JsonTree tree) => tree switch
    {
        JsonTree.Null => JsValue.Null,
        JsonTree.Bool flag => flag.Value,
        JsonTree.Number number => Jint.Native.JsNumber.Create(number.Value),
        JsonTree.Text text => ReadString(text.Value),
        JsonTree.List list => ReadArray(list),
        JsonTree.Record { HasMark: true } record when record["#tag"] is not null => ReadTagged(record),
        JsonTree.Record { HasMark: true } record when record["#error"] is not null => ReadError(record),
        JsonTree.Record record => ReadRecord(record),
        _ => throw new InvalidOperationException("a JSON tree has no other nodes"),
    };

    private JsValue ReadString(string text)
    {
        if (!SmallcapsText.NeedsPrefix(text))
        {
            return text;
        }

        switch (text[0])
        {
            case '!':
                return text[1..];
            case '%':
                return styles.Symbols.Named(text[1..]);
            case '#':
                return text switch
                {
                    "#undefined" => JsValue.Undefined,
                    "#NaN" => double.NaN,
                    "#Infinity" => double.PositiveInfinity,
                    "#-Infinity" => double.NegativeInfinity,
                    _ => throw realm.Fail($"unknown constant \"{Quoting.Quote(text)}\"", "TypeError"),
                };
            case '+' or '-':
                return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer)
                    ? new JsBigInt(integer)
                    : throw realm.Fail($"Cannot convert {text} to a BigInt", "SyntaxError");
            case '$':
                return ReadSlot(text, PassStyle.Remotable, "internal: decodeRemotableFromSmallcaps option must return a remotable: ");
            case '&':
                return ReadSlot(text, PassStyle.Promise, "internal: decodePromiseFromSmallcaps option must return a promise: ");
            default:
                throw realm.Fail($"Special char {Quoting.Quote(text[..1])} reserved for future use: {Quoting.Quote(text)}");
        }
    }

    private JsValue ReadSlot(string text, PassStyle expected, string complaint)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string index = dot < 0 ? text[1..] : text[1..dot];
        string? iface = dot < 0 ? null : text[(dot + 1)..];
        double number = double.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out double parsed) ? parsed : double.NaN;
        JsValue value = slots.At(number, iface);
        return styles.Of(value) == expected ? realm.Harden(value) : throw realm.Fail(complaint + quoting.Quote(value));
    }

    private JsArray ReadArray(JsonTree.List list)
    {
        var items = new JsValue[list.Items.Count];
        Deeper();
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Read(list.Items[i]);
        }

        _depth--;
        return FrozenData.Array(realm.Engine, items);
    }

    private void Deeper() => IsPlain &= ++_depth < SureDepth;

    private JsValue ReadTagged(JsonTree.Record record)
    {
        IsPlain = false;
        if (record["#tag"] is not JsonTree.Text tag)
        {
            throw realm.Fail($"Value of \"#tag\", the tag, must be a string: {Shown(record)}");
        }

        Refuse(record, "#tag record unexpected properties: ", "#tag", "payload");
        return tagging.Tagged(ReadString(tag.Value), Read(record["payload"] ?? throw Nothing()));
    }

    // What is not there cannot be read.
    private Exception Nothing() => realm.Fail("internal: unrecognized JSON typeof \"undefined\": \"[undefined]\"", "TypeError");

    private JsValue ReadError(JsonTree.Record record)
    {
        IsPlain = false;
        if (record["message"] is not null)
        {
            throw realm.Fail("unexpected encoded error property \"message\"");
        }

        return errors.Revive(
            Read(record["name"] ?? throw Nothing()),
            Read(record["#error"]!),
            record["cause"] is { } cause ? Read(cause) : null,
            record["errors"] is { } causes ? Read(causes) : null);
    }

    private JsObject ReadRecord(JsonTree.Record record)
    {
        JsObject result = FrozenData.NewRecord(realm.Engine);
        Deeper();
        foreach ((string key, JsonTree value) in record.Entries)
        {
            if (key.StartsWith('#'))
            {
                throw realm.Fail($"Unrecognized record type {Quoting.Quote(key)}: {Shown(record)}");
            }

            string name = SmallcapsText.NeedsPrefix(key) ? Unescaped(key, record) : key;

            // It must be no method, or the record would be a promise to some.
            IsPlain &= !string.Equals(name, "then", StringComparison.Ordinal);
            FrozenData.Add(result, name, Read(value));
        }

        _depth--;
        return FrozenData.Close(result);
    }

    private string Unescaped(string key, JsonTree.Record record) => ReadString(key) is JsString name
        ? name.ToString()
        : throw realm.Fail($"Decoded property name {quoting.Quote(ReadString(key))} from {Shown(record)} must be a string");

    private void Refuse(JsonTree.Record record, string complaint, params ReadOnlySpan<string> known)
    {
        List<JsValue> extra = [];
        foreach ((string key, _) in record.Entries)
        {
            if (!known.Contains(key))
            {
                extra.Add(key);
            }
        }

        if (extra.Count > 0)
        {
            throw realm.Fail(complaint + quoting.Quote(new JsArray(realm.Engine, [.. extra])));
        }
    }

    private string Shown(JsonTree tree) => quoting.Quote(Raw(tree));

    private JsValue Raw(JsonTree tree)
    {
        switch (tree)
        {
            case JsonTree.Text text:
                return text.Value;
            case JsonTree.List list:
                return new JsArray(realm.Engine, [.. list.Items.Select(Raw)]);
            case JsonTree.Record record:
                var result = new JsObject(realm.Engine);
                foreach ((string key, JsonTree value) in record.Entries)
                {
                    result.CreateDataProperty(key, Raw(value));
                }

                return result;
            default:
                return Read(tree);
        }
    }
}
