using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary><c>{"id":"v1"}</c>, or <c>{"vatId":"v1"}</c>, which the reference's own help text shows.</summary>
internal sealed class VatParams : Shape
{
    internal static readonly VatParams Instance = new();

    private static readonly ObjectShape ById = new(new Field("id", IdShape.VatId));
    private static readonly ObjectShape ByVatId = new(new Field("vatId", IdShape.VatId));

    private VatParams()
    {
    }

    /// <summary>The id that was given; the parameters have this shape.</summary>
    internal static string Read(JsonElement parameters) => parameters.GetProperty(NameIn(parameters)).GetString()!;

    internal override string? Complaint(JsonElement value, ParamPath? at) =>
        (string.Equals(NameIn(value), "id", StringComparison.Ordinal) ? ById : ByVatId).Complaint(value, at);

    private static string NameIn(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("vatId", out _) && !value.TryGetProperty("id", out _) ? "vatId" : "id";
}
