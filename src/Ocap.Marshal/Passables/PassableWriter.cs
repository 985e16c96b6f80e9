using System.Globalization;
using System.Text;

namespace Ocap.Marshal.Passables;

/// <summary>Writes values of the kernel's as marshalled data (smallcaps), as marshalling them in JavaScript would.</summary>
public sealed class PassableWriter
{
    private readonly StringBuilder _body = new("#");
    private readonly List<string> _slots = [];

    private PassableWriter()
    {
    }

    /// <summary>The marshalled form of a value.</summary>
    public static CapData Write(Passable value)
    {
        var writer = new PassableWriter();
        writer.Append(value);
        return new CapData(writer._body.ToString(), writer._slots);
    }

    /// <summary>The marshalled form of <c>[method, args]</c>: what a message carries.</summary>
    public static CapData Methargs(string method, IReadOnlyList<Passable> arguments) =>
        Write(new Passable.List([new Passable.Text(method), new Passable.List(arguments)]));

    /// <summary>The JSON text of a value in which nothing is but plain data, as <c>JSON.stringify</c> writes it.</summary>
    /// <exception cref="FormatException">There is something in it that JSON cannot say.</exception>
    public static string ToJson(Passable value)
    {
        var json = new StringBuilder();
        AppendJson(json, value);
        return json.ToString();
    }

    private void Append(Passable value)
    {
        switch (value)
        {
            case Passable.Nothing nothing:
                _body.Append(nothing.IsNull ? "null" : "\"#undefined\"");
                break;
            case Passable.Flag flag:
                _body.Append(flag.Value ? "true" : "false");
                break;
            case Passable.Number number:
                AppendNumber(number.Value);
                break;
            case Passable.BigInt bigint:
                _body.Append('"').Append(bigint.Value.Sign < 0 ? "" : "+").Append(bigint.Value.ToString(CultureInfo.InvariantCulture)).Append('"');
                break;
            case Passable.Text text:
                SmallcapsText.AppendEncoded(_body, text.Value);
                break;
            case Passable.Symbol symbol:
                SmallcapsText.AppendJson(_body, "%" + symbol.Name);
                break;
            case Passable.List list:
                AppendList(list);
                break;
            case Passable.Record record:
                AppendRecord(record);
                break;
            case Passable.Tagged tagged:
                _body.Append("{\"#tag\":");
                SmallcapsText.AppendEncoded(_body, tagged.Tag);
                _body.Append(",\"payload\":");
                Append(tagged.Payload);
                _body.Append('}');
                break;
            case Passable.Error error:
                _body.Append(SmallcapsError.Make(error.Name, error.Message).Body.AsSpan(1));
                break;
            case Passable.Remotable remotable:
                AppendReference('$', remotable.KRef, remotable.Iface);
                break;
            case Passable.Promise promise:
                AppendReference('&', promise.KRef, null);
                break;
        }
    }

    private void AppendNumber(double number)
    {
        string text = JsNumber.ToText(number);
        if (double.IsFinite(number))
        {
            _body.Append(text);
        }
        else
        {
            _body.Append("\"#").Append(text).Append('"');
        }
    }

    private void AppendList(Passable.List list)
    {
        _body.Append('[');
        for (int i = 0; i < list.Items.Count; i++)
        {
            _body.Append(i == 0 ? "" : ",");
            Append(list.Items[i]);
        }

        _body.Append(']');
    }

    private void AppendRecord(Passable.Record record)
    {
        _body.Append('{');
        bool isFirst = true;
        foreach ((string name, Passable value) in JsObjectOrder.Arrange(record.Entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal)))
        {
            _body.Append(isFirst ? "" : ",");
            isFirst = false;
            SmallcapsText.AppendEncoded(_body, name);
            _body.Append(':');
            Append(value);
        }

        _body.Append('}');
    }

    private void AppendReference(char kind, string kref, string? iface)
    {
        int slot = _slots.IndexOf(kref);
        bool isFirst = slot < 0;
        if (isFirst)
        {
            slot = _slots.Count;
            _slots.Add(kref);
        }

        SmallcapsText.AppendJson(_body, string.Create(CultureInfo.InvariantCulture, $"{kind}{slot}{(isFirst && iface is not null ? "." + iface : "")}"));
    }

    private static void AppendJson(StringBuilder json, Passable value)
    {
        switch (value)
        {
            case Passable.Nothing { IsNull: true }:
                json.Append("null");
                break;
            case Passable.Flag flag:
                json.Append(flag.Value ? "true" : "false");
                break;
            case Passable.Number number:
                json.Append(double.IsFinite(number.Value) ? JsNumber.ToText(number.Value) : "null");
                break;
            case Passable.Text text:
                SmallcapsText.AppendJson(json, text.Value);
                break;
            case Passable.List list:
                json.Append('[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    AppendJson(json, list.Items[i]);
                }

                json.Append(']');
                break;
            case Passable.Record record:
                AppendJsonRecord(json, record);
                break;
            default:
                throw new FormatException($"plain data is wanted, not a {value.GetType().Name.ToLowerInvariant()}");
        }
    }

    private static void AppendJsonRecord(StringBuilder json, Passable.Record record)
    {
        json.Append('{');
        bool isFirst = true;
        foreach ((string name, Passable value) in record.Entries)
        {
            // As JSON.stringify: a property that is undefined is not there.
            if (value is Passable.Nothing { IsNull: false })
            {
                continue;
            }

            json.Append(isFirst ? "" : ",");
            isFirst = false;
            SmallcapsText.AppendJson(json, name);
            json.Append(':');
            AppendJson(json, value);
        }

        json.Append('}');
    }
}
