using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>A string.</summary>
internal sealed class TextShape : Shape
{
    internal static readonly TextShape Instance = new();

    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        value.ValueKind == JsonValueKind.String ? null : Expected("a string", value, at);
}

/// <summary>True or false.</summary>
internal sealed class BooleanShape : Shape
{
    internal static readonly BooleanShape Instance = new();

    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : ExpectedType("boolean", value, at);
}

/// <summary>An integer with a lower bound.</summary>
/// <param name="least">The smallest that is allowed.</param>
internal sealed class IntegerShape(int least) : Shape
{
    internal override string? Complaint(JsonElement value, ParamPath? at)
    {
        if (value.ValueKind != JsonValueKind.Number || JsPrint.Number(value) is var number && (!double.IsFinite(number) || number != Math.Truncate(number)))
        {
            return Expected("an integer", value, at);
        }

        return number >= least ? null : Say(at, $"Expected a integer greater than or equal to {least} but received `{JsPrint.Value(value)}`");
    }
}

/// <summary>A string of a certain form, known by a name.</summary>
/// <param name="name">The name in the complaint: <c>VatId</c>.</param>
/// <param name="prefixes">What it may start with; only digits follow, at least one.</param>
internal sealed class IdShape(string name, params string[] prefixes) : Shape
{
    internal static readonly IdShape VatId = new("VatId", "v");
    internal static readonly IdShape SubclusterId = new("SubclusterId", "s");
    internal static readonly IdShape KRef = new("KRef", "ko", "kp");

    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        value.ValueKind == JsonValueKind.String && HasForm(value.GetString()!) ? null : ExpectedType(name, value, at);

    private bool HasForm(string text) => Array.Exists(prefixes, prefix =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) && !text.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9'));
}

/// <summary>Anything at all.</summary>
internal sealed class AnythingShape : Shape
{
    internal static readonly AnythingShape Instance = new();

    internal override string? Complaint(JsonElement value, ParamPath? at) => null;
}
