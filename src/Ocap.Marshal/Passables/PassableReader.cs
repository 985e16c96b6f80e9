using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Ocap.Marshal.Passables;

/// <summary>Reads marshalled data (smallcaps) as values of the kernel's.</summary>
public sealed class PassableReader
{
    private readonly IReadOnlyList<string> _slots;
    private readonly string?[] _ifaces;

    private PassableReader(IReadOnlyList<string> slots) => (_slots, _ifaces) = (slots, new string?[slots.Count]);

    /// <summary>The value of marshalled data.</summary>
    /// <exception cref="FormatException">It is no smallcaps, or holds what no service of the kernel takes.</exception>
    public static Passable Read(CapData data)
    {
        if (!data.Body.StartsWith('#'))
        {
            throw new FormatException("it is not encoded as smallcaps");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(data.Body.AsMemory(1), SmallcapsBody.ParseOptions);
            return new PassableReader(data.Slots).Value(document.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"its body cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The value that plain JSON stands for: no reference, no special value in it.</summary>
    public static Passable FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new Passable.Text(JsonStringText.Of(json)),
        JsonValueKind.Number => new Passable.Number(JsonNumberText.ToDouble(json)),
        JsonValueKind.True or JsonValueKind.False => new Passable.Flag(json.GetBoolean()),
        JsonValueKind.Null => Passable.Null,
        JsonValueKind.Array => new Passable.List([.. json.EnumerateArray().Select(FromJson)]),
        JsonValueKind.Object => new Passable.Record(JsObjectOrder.Arrange(
            json.EnumerateObject().Select(static entry => KeyValuePair.Create(JsonStringText.NameOf(entry), FromJson(entry.Value))))),
        _ => throw new FormatException("there is no JSON value"),
    };

    private Passable Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Special(JsonStringText.Of(json)),
        JsonValueKind.Array => new Passable.List([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Object => Record(json),
        _ => FromJson(json),
    };

    private Passable Special(string text) => text switch
    {
        ['!', .. var plain] => new Passable.Text(plain),
        ['$', .. var reference] => Remotable(reference),
        ['&', .. var reference] => new Passable.Promise(_slots[Index(reference)]),
        ['%', .. var name] => new Passable.Symbol(name),
        ['+', .. var digits] => new Passable.BigInt(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)),
        ['-', .. var digits] => new Passable.BigInt(-BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)),
        "#undefined" => Passable.Undefined,
        "#NaN" => new Passable.Number(double.NaN),
        "#Infinity" => new Passable.Number(double.PositiveInfinity),
        "#-Infinity" => new Passable.Number(double.NegativeInfinity),
        [>= '!' and <= '-', ..] => throw new FormatException($"it holds {SmallcapsText.QuoteJson(text[..Math.Min(text.Length, 40)])}, which means nothing to the kernel"),
        _ => new Passable.Text(text),
    };

    /// <summary>An object's interface is said where it is mentioned first.</summary>
    private Passable.Remotable Remotable(string reference)
    {
        int dot = reference.IndexOf('.', StringComparison.Ordinal);
        int index = Index(dot < 0 ? reference : reference[..dot]);
        string iface = dot < 0 ? _ifaces[index] ?? Passable.Remotable.NoIface : reference[(dot + 1)..];
        _ifaces[index] = iface;
        return new Passable.Remotable(_slots[index], iface);
    }

    private int Index(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _slots.Count
        ? index
        : throw new FormatException($"it mentions slot {SmallcapsText.QuoteJson(digits[..Math.Min(digits.Length, 40)])} of {_slots.Count}");

    private Passable Record(JsonElement json)
    {
        if (JsonStringText.TryFind(json, "#error", out JsonElement message))
        {
            string name = JsonStringText.TryFind(json, "name", out JsonElement given) ? Plain(given) : "Error";
            return new Passable.Error(name, Plain(message));
        }

        if (JsonStringText.TryFind(json, "#tag", out JsonElement tag))
        {
            return new Passable.Tagged(Plain(tag), JsonStringText.TryFind(json, "payload", out JsonElement payload) ? Value(payload) : Passable.Undefined);
        }

        return new Passable.Record(JsObjectOrder.Arrange(
            json.EnumerateObject().Select(entry => KeyValuePair.Create(SmallcapsText.UnescapeString(JsonStringText.NameOf(entry)), Value(entry.Value)))));
    }

    private static string Plain(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? SmallcapsText.UnescapeString(JsonStringText.Of(json))
        : throw new FormatException("a name or message in it is no string");
}
