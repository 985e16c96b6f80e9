using System.Globalization;
using System.Numerics;
using Jint;
using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>Reads a body of the older format, in which <c>@qclass</c> marks what JSON cannot say. It is accepted, never written.</summary>
internal sealed class LegacyReader(JsRealm realm, PassStyles styles, Tagging tagging, RevivedSlots slots, ErrorReviver errors)
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
                    : throw realm.Fail("invalid digits of a bigint", "SyntaxError");
            case "@@asyncIterator":
                return realm.WellKnownSymbols["@@asyncIterator"];
            case "symbol":
                return styles.Symbols.Named(TextOf(record, "name"));
            case "tagged":
                return tagging.Tagged(TextOf(record, "tag"), ReadPart(record, "payload"));
            case "slot":
                return slots.At(record["index"] is JsonTree.Number index ? index.Value : double.NaN, (record["iface"] as JsonTree.Text)?.Value);
            case "error":
                return errors.Revive(ReadPart(record, "name"), ReadPart(record, "message"), null, null);
            case "hilbert":
                return ReadHilbert(record);
            default:
                throw realm.Fail($"unrecognized \"@qclass\" {Quoting.Quote(name)}", "TypeError");
        }
    }

    /// <summary>A record that itself has a property named <c>@qclass</c>.</summary>
    private JsObject ReadHilbert(JsonTree.Record record)
    {
        var result = new JsObject(realm.Engine);
        result.CreateDataProperty(Class, ReadPart(record, "original"));
        if (record["rest"] is JsonTree.Record rest)
        {
            foreach ((string key, JsonTree value) in rest.Entries)
            {
                result.CreateDataProperty(key, Read(value));
            }
        }

        return result;
    }

    private JsValue ReadPart(JsonTree.Record record, string part) => record[part] is { } tree ? Read(tree) : JsValue.Undefined;

    private string TextOf(JsonTree.Record record, string part) =>
        record[part] is JsonTree.Text text ? text.Value : throw realm.Fail($"invalid {part} typeof {Quoting.Quote(record[part] is { } other ? TypeOf(other) : "undefined")}");

    private static string TypeOf(JsonTree tree) => tree switch
    {
        JsonTree.Number => "number",
        JsonTree.Bool => "boolean",
        JsonTree.Text => "string",
        _ => "object",
    };
}
