using System.Globalization;
using System.Numerics;
using Jint;
using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>Reads a body of the older format, in which <c>@qclass</c> marks what JSON cannot say. It is accepted, never written.</summary>
internal sealed class LegacyReader(JsRealm realm, Quoting quoting, PassStyles styles, Tagging tagging, RevivedSlots slots, ErrorReviver errors)
{
    private const string Class = "@qclass";

    internal JsValue Read(JsonTree tree) => tree switch
    {
        JsonTree.Null => JsValue.Null,
        JsonTree.Bool flag => flag.Value,
        JsonTree.Number number => JsNumber.Create(number.Value),
        JsonTree.Text text => text.Value,
        JsonTree.List list => new JsArray(realm.Engine, [.. list.Items.Select(Read)]),
        JsonTree.Record record when record[Class] is not null => ReadClass(record),
        JsonTree.Record record => ReadRecord(record),
        _ => throw new InvalidOperationException("a JSON tree has no other nodes"),
    };

    private JsObject ReadRecord(JsonTree.Record record)
    {
        var result = new JsObject(realm.Engine);
        foreach ((string key, JsonTree value) in record.Entries)
        {
            result.CreateDataProperty(key, Read(value));
        }

        return result;
    }

    private JsValue ReadClass(JsonTree.Record record)
    {
        string name = record[Class] is JsonTree.Text text ? text.Value : throw realm.Fail($"invalid \"@qclass\" typeof {Quoting.Quote(TypeOf(record[Class]!))}");
        switch (name)
        {
            case "undefined":
                return JsValue.Undefined;
            case "NaN":
                return double.NaN;
            case "Infinity":
                return double.PositiveInfinity;
            case "-Infinity":
                return double.NegativeInfinity;
            case "bigint":
                return BigInteger.TryParse(TextOf(record, "digits"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer)
                    ? new JsBigInt(integer)
                    : throw realm.Fail($"Cannot convert {TextOf(record, "digits")} to a BigInt", "SyntaxError");
            case "@@asyncIterator":
                return realm.WellKnownSymbols["@@asyncIterator"];
            case "symbol":
                return record["name"] is JsonTree.Text symbol
                    ? styles.Symbols.Named(symbol.Value)
                    : throw realm.Fail($"{quoting.Quote(Plain(record["name"]))} must be a string, not {Quoting.Quote(TypeOf(record["name"]))}");
            case "tagged":
                return tagging.Tagged(Plain(record["tag"]), ReadPart(record, "payload"));
            case "slot":
                return record["index"] is JsonTree.Number index
                    ? slots.At(index.Value, (record["iface"] as JsonTree.Text)?.Value)
                    : throw realm.Fail($"{Jint.Runtime.TypeConverter.ToString(Plain(record["index"]))} is a {TypeOf(record["index"])} but must be a bigint or a number", "TypeError");
            case "error":
                return errors.Revive(ReadPart(record, "name"), ReadPart(record, "message"), ReadPart(record, "cause"), ReadPart(record, "errors"));
            case "hilbert":
                return ReadHilbert(record);
            case "ibid":
                throw realm.Fail("The capData protocol no longer supports \"@qclass\" \"ibid\"");
            default:
                throw realm.Fail($"unrecognized \"@qclass\" {Quoting.Quote(name)}", "TypeError");
        }
    }

    /// <summary>A record that itself has a property named <c>@qclass</c>.</summary>
    private JsObject ReadHilbert(JsonTree.Record record)
    {
        if (record["original"] is null)
        {
            throw realm.Fail($"Invalid Hilbert Hotel encoding {quoting.Quote(Plain(record))}");
        }

        var result = new JsObject(realm.Engine);
        result.CreateDataProperty(Class, ReadPart(record, "original"));
        if (record["rest"] is not { } rest)
        {
            return result;
        }

        if (rest is not (JsonTree.Record { Entries.Count: > 0 } or JsonTree.List))
        {
            throw realm.Fail($"Rest encoding must be a non-empty object: {quoting.Quote(Plain(rest))}");
        }

        if (Read(rest) is Jint.Native.Object.ObjectInstance others)
        {
            foreach (JsValue key in others.GetOwnPropertyKeys())
            {
                if (key is JsString && key == Class)
                {
                    throw realm.Fail($"Rest must not contain its own definition of {Quoting.Quote(Class)}");
                }

                result.DefineOwnProperty(key, others.GetOwnProperty(key));
            }
        }

        return result;
    }

    private JsValue ReadPart(JsonTree.Record record, string part) => record[part] is { } tree ? Read(tree) : JsValue.Undefined;

    private string TextOf(JsonTree.Record record, string part) =>
        record[part] is JsonTree.Text text ? text.Value : throw realm.Fail($"invalid {part} typeof {Quoting.Quote(TypeOf(record[part]))}");

    /// <summary>The JSON as it stands, for messages.</summary>
    private JsValue Plain(JsonTree? tree)
    {
        switch (tree)
        {
            case null:
                return JsValue.Undefined;
            case JsonTree.List list:
                return new JsArray(realm.Engine, [.. list.Items.Select(Plain)]);
            case JsonTree.Record record:
                var result = new JsObject(realm.Engine);
                foreach ((string key, JsonTree value) in record.Entries)
                {
                    result.CreateDataProperty(key, Plain(value));
                }

                return result;
            default:
                return Read(tree);
        }
    }

    private static string TypeOf(JsonTree? tree) => tree switch
    {
        null => "undefined",
        JsonTree.Number => "number",
        JsonTree.Bool => "boolean",
        JsonTree.Text => "string",
        _ => "object",
    };
}
