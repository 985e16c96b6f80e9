using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Data spelled as the expression that would make it, as messages show patterns.</summary>
internal sealed class JustinText(Passables passables)
{
    private readonly Dictionary<ObjectInstance, int> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _text = new();
    private int _level;
    private bool _needsSpace;

    /// <summary>As the reference quotes it inside a message: a text within backquotes, quoted once more.</summary>
    internal static string Quoted(Passables passables, JsValue value)
    {
        passables.Realm.Harden(value);
        var justin = new JustinText(passables);
        justin.Write(value);
        return Quoting.Quote($"`{justin._text}`");
    }

    private void Write(JsValue value)
    {
        switch (passables.StyleOf(value))
        {
            case PassStyle.String:
                Next(SmallcapsText.QuoteJson(value.ToString()));
                break;
            case PassStyle.Number:
                Next(value.AsNumber() == 0 ? "0" : TypeConverter.ToString(value));
                break;
            case PassStyle.BigInt:
                Next($"{TypeConverter.ToString(value)}n");
                break;
            case PassStyle.Symbol:
                Next($"passableSymbolForName({SmallcapsText.QuoteJson(passables.Styles.Symbols.NameOf((JsSymbol)value)!)})");
                break;
            case PassStyle.CopyArray:
                WriteArray(passables.Elements(value));
                break;
            case PassStyle.CopyRecord:
                WriteRecord(value);
                break;
            case PassStyle.Tagged:
                Next($"makeTagged({SmallcapsText.QuoteJson(passables.TagOf(value))}");
                Next(",");
                Write(Passables.Payload(value));
                Next(")");
                break;
            case PassStyle.Error:
                Next($"{TypeConverter.ToString(Passables.Field(value, "name"))}({SmallcapsText.QuoteJson(TypeConverter.ToString(Passables.Field(value, "message")))})");
                break;
            case PassStyle.ByteArray:
                throw passables.Complaints.Fail($"marsal of byteArray not yet implemented: {value}");
            case PassStyle.Remotable or PassStyle.Promise:
                Next(Slot((ObjectInstance)value));
                break;
            default:
                Next(TypeConverter.ToString(value));
                break;
        }
    }

    private string Slot(ObjectInstance value)
    {
        if (_slots.TryGetValue(value, out int index))
        {
            return $"slotToVal(\"s{index}\")";
        }

        _slots.Add(value, index = _slots.Count);
        return passables.Styles.InterfaceOf(value) is { } iface ? $"slotToVal(\"s{index}\",{SmallcapsText.QuoteJson(iface)})" : $"slotToVal(\"s{index}\")";
    }

    private void WriteArray(JsValue[] items)
    {
        if (items.Length == 0)
        {
            Next("[]");
            return;
        }

        Open("[");
        foreach (JsValue item in items)
        {
            Line();
            Write(item);
            Next(",");
        }

        Close("]");
    }

    private void WriteRecord(JsValue record)
    {
        List<string> names = Passables.Names(record);
        names.Sort(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            Next("{}");
            return;
        }

        Open("{");
        foreach ((string name, _) in JsObjectOrder.Arrange(names.Select(static name => KeyValuePair.Create(name, name))))
        {
            Line();
            bool isPlain = char.IsAsciiLetter(name.FirstOrDefault()) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
            Next(name is "__proto__" ? "[\"__proto__\"]:" : isPlain ? $"{name}:" : $"{SmallcapsText.QuoteJson(name)}:");
            Write(Passables.Field(record, name));
            Next(",");
        }

        Close("}");
    }

    private void Open(string bracket)
    {
        _level++;
        if (_needsSpace)
        {
            _text.Append(' ');
        }

        _needsSpace = false;
        _text.Append(bracket);
    }

    private void Line()
    {
        _needsSpace = false;
        _text.Append('\n').Append(' ', 2 * _level);
    }

    private void Next(string token)
    {
        if (_needsSpace && token is not ("," or ")"))
        {
            _text.Append(' ');
        }

        _needsSpace = true;
        _text.Append(token);
    }

    private void Close(string bracket)
    {
        _level--;
        Line();
        _text.Append(bracket);
    }
}
