using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>One member of an <see cref="ObjectShape"/>. An optional one may be absent, but not null.</summary>
internal readonly record struct Field(string Name, Shape Shape, bool IsOptional = false);

/// <summary>An object with these members and no others. Members are looked at in this order, strange ones last.</summary>
internal sealed class ObjectShape(params Field[] fields) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at)
    {
        if (!IsObject(value))
        {
            return Expected("an object", value, at);
        }

        foreach (Field field in fields)
        {
            JsonElement member = default;
            bool isThere = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field.Name, out member);
            if ((isThere || !field.IsOptional) && field.Shape.Complaint(member, new ParamPath(at, field.Name)) is { } complaint)
            {
                return complaint;
            }
        }

        foreach ((string name, JsonElement member) in Members(value))
        {
            if (!Array.Exists(fields, field => string.Equals(field.Name, name, StringComparison.Ordinal)))
            {
                return ExpectedType("never", member, new ParamPath(at, name));
            }
        }

        return null;
    }
}

/// <summary>An object used as a map: any names, one shape for the values.</summary>
internal sealed class RecordShape(Shape value) : Shape
{
    internal override string? Complaint(JsonElement map, ParamPath? at)
    {
        if (!IsObject(map))
        {
            return Expected("an object", map, at);
        }

        foreach ((string name, JsonElement member) in Members(map))
        {
            if (value.Complaint(member, new ParamPath(at, name)) is { } complaint)
            {
                return complaint;
            }
        }

        return null;
    }
}

/// <summary>A value that must pass one of several shapes; the complaint does not say which came closest.</summary>
/// <param name="names">What the shapes are called in the complaint.</param>
/// <param name="shapes">The shapes.</param>
internal sealed class UnionShape(string names, params Shape[] shapes) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        Array.Exists(shapes, shape => shape.Complaint(value, at) is null) ? null : Expected($"the value to satisfy a union of `{names}`", value, at);
}

/// <summary>One of several strings.</summary>
internal sealed class ChoiceShape(params string[] choices) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        value.ValueKind == JsonValueKind.String && Array.IndexOf(choices, value.GetString()) >= 0
            ? null
            : Expected($"one of `{string.Join(',', choices.Select(choice => $"\"{choice}\""))}`", value, at);
}
