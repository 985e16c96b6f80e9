using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>An array whose elements all have one shape.</summary>
/// <param name="element">Their shape; null when anything goes.</param>
internal sealed class ListShape(Shape? element) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Expected("an array value", value, at);
        }

        return element is null
            ? null
            : value.EnumerateArray().Select((item, index) => element.Complaint(item, new ParamPath(at, index.ToString()))).FirstOrDefault(complaint => complaint is not null);
    }
}

/// <summary>The empty array: what a method without parameters takes.</summary>
internal sealed class NothingShape : Shape
{
    internal static readonly NothingShape Instance = new();

    internal override string? Complaint(JsonElement value, ParamPath? at) => value.ValueKind switch
    {
        not JsonValueKind.Array => Expected("an array value", value, at),
        _ when value.GetArrayLength() is > 0 and var size => Say(at, $"Expected an empty array but received one with a size of `{size}`"),
        _ => null,
    };
}

/// <summary>An array with one shape per place.</summary>
internal sealed class TupleShape(params Shape[] places) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Expected("an array", value, at);
        }

        int length = value.GetArrayLength();
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Complaint(i < length ? value[i] : default, new ParamPath(at, i.ToString())) is { } complaint)
            {
                return complaint;
            }
        }

        return length > places.Length ? ExpectedType("never", value[places.Length], new ParamPath(at, places.Length.ToString())) : null;
    }
}
