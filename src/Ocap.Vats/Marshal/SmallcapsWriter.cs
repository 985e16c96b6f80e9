using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;

namespace Ocap.Vats.Marshal;

/// <summary>Writes one value as smallcaps.</summary>
internal sealed class SmallcapsWriter(JsRealm realm, Quoting quoting, PassStyles styles, ISlotTable slotTable, Func<ObjectInstance, string> errorId)
{
    private readonly List<string> _slots = [];
    private readonly Dictionary<ObjectInstance, int> _indexes = new(ReferenceEqualityComparer.Instance);
    private int _written;

    internal CapData Write(JsValue value)
    {
        var body = new StringBuilder("#");

        // An error at the root is sent even when it is not frozen or has extra properties: what went wrong matters more than its form.
        if (realm.IsError(value))
        {
            WriteError(body, (ObjectInstance)value);
        }
        else
        {
            Write(body, value);
        }

        return new CapData(body.ToString(), [.. _slots]);
    }

    private void Write(StringBuilder body, JsValue value)
    {
        // What contains one thing twice, forty times over, is small in the heap and endless in writing, and runs no statement of the vat's code.
        if ((++_written & 0xFF) == 0)
        {
            realm.Engine.Constraints.Check();
        }

        switch (styles.Of(value))
        {
            case PassStyle.Undefined:
                body.Append("\"#undefined\"");
                break;
            case PassStyle.Null:
                body.Append("null");
                break;
            case PassStyle.Boolean:
                body.Append(value.AsBoolean() ? "true" : "false");
                break;
            case PassStyle.Number:
                WriteNumber(body, value);
                break;
            case PassStyle.BigInt:
                string digits = value.ToString();
                body.Append('"').Append(digits.StartsWith('-') ? "" : "+").Append(digits).Append('"');
                break;
            case PassStyle.String:
                SmallcapsText.AppendJson(body, SmallcapsText.EscapeString(value.ToString()));
                break;
            case PassStyle.Symbol:
                SmallcapsText.AppendJson(body, "%" + styles.Symbols.NameOf((JsSymbol)value));
                break;
            case PassStyle.CopyArray:
                WriteArray(body, (ObjectInstance)value);
                break;
            case PassStyle.ByteArray:
                throw realm.Fail($"marsal of byteArray not yet implemented: {quoting.Quote(value)}");
            case PassStyle.CopyRecord:
                WriteRecord(body, (ObjectInstance)value);
                break;
            case PassStyle.Tagged:
                WriteTagged(body, (ObjectInstance)value);
                break;
            case PassStyle.Remotable:
                WriteSlot(body, '$', (ObjectInstance)value, styles.InterfaceOf(value));
                break;
            case PassStyle.Promise:
                WriteSlot(body, '&', (ObjectInstance)value, null);
                break;
            case PassStyle.Error:
                WriteError(body, (ObjectInstance)value);
                break;
        }
    }

    private static void WriteNumber(StringBuilder body, JsValue value)
    {
        double number = value.AsNumber();
        if (double.IsFinite(number))
        {
            body.Append(number == 0 ? "0" : TypeConverter.ToString(value));
        }
        else
        {
            body.Append("\"#").Append(TypeConverter.ToString(value)).Append('"');
        }
    }

    private void WriteArray(StringBuilder body, ObjectInstance array)
    {
        body.Append('[');
        double length = array.Get("length").AsNumber();
        for (double i = 0; i < length; i++)
        {
            if (i > 0)
            {
                body.Append(',');
            }

            Write(body, array.Get(Jint.Native.JsNumber.Create(i)));
        }

        body.Append(']');
    }

    private void WriteRecord(StringBuilder body, ObjectInstance record)
    {
        // Values are visited, and references numbered, in the order of the names; JSON then lists array indexes first.
        List<string> names = [.. record.GetOwnPropertyKeys().Select(key => key.ToString())];
        names.Sort(StringComparer.Ordinal);
        if (names.Exists(name => JsObjectOrder.IsArrayIndex(name)))
        {
            List<KeyValuePair<string, string>> entries = [];
            foreach (string name in names)
            {
                var entry = new StringBuilder();
                Write(entry, record.Get(name));
                entries.Add(new(SmallcapsText.EscapeString(name), entry.ToString()));
            }

            char separator = '{';
            foreach ((string name, string value) in JsObjectOrder.Arrange(entries))
            {
                SmallcapsText.AppendJson(body.Append(separator), name);
                body.Append(':').Append(value);
                separator = ',';
            }

            body.Append('}');
            return;
        }

        body.Append('{');
        for (int i = 0; i < names.Count; i++)
        {
            SmallcapsText.AppendJson(i == 0 ? body : body.Append(','), SmallcapsText.EscapeString(names[i]));
            Write(body.Append(':'), record.Get(names[i]));
        }

        body.Append('}');
    }

    private void WriteTagged(StringBuilder body, ObjectInstance tagged)
    {
        SmallcapsText.AppendJson(body.Append("{\"#tag\":"), SmallcapsText.EscapeString(tagged.Get(realm.ToStringTag).ToString()));
        Write(body.Append(",\"payload\":"), tagged.Get("payload"));
        body.Append('}');
    }

    private void WriteError(StringBuilder body, ObjectInstance error)
    {
        string message = TypeConverter.ToString(error.Get("message"));
        string name = TypeConverter.ToString(error.Get("name"));
        SmallcapsText.AppendJson(body.Append("{\"#error\":"), SmallcapsText.EscapeString(message));
        SmallcapsText.AppendJson(body.Append(",\"errorId\":"), errorId(error));
        SmallcapsText.AppendJson(body.Append(",\"name\":"), SmallcapsText.EscapeString(name));
        body.Append('}');
    }

    private void WriteSlot(StringBuilder body, char prefix, ObjectInstance value, string? iface)
    {
        bool repeated = _indexes.TryGetValue(value, out int index);
        if (!repeated)
        {
            index = _slots.Count;
            _slots.Add(slotTable.SlotOf(value));
            _indexes.Add(value, index);
        }

        SmallcapsText.AppendJson(body, repeated || iface is null ? $"{prefix}{index}" : $"{prefix}{index}.{iface}");
    }
}
