using System.Collections.Frozen;
using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>
/// A vat's configuration (spec/cluster-config.md §2): exactly one source of code, and options. The complaint never says what is wrong with it. For an option,
/// what JavaScript takes for false counts as absent.
/// </summary>
internal sealed class VatConfigShape : Shape
{
    internal static readonly VatConfigShape Instance = new();

    private static readonly string[] Sources = ["bundleSpec", "sourceSpec", "bundleName"];

    private static readonly Shape Platform = new ObjectShape(new Field(
        "fs",
        new ObjectShape(
            new Field("rootDir", TextShape.Instance),
            new Field("existsSync", BooleanShape.Instance, IsOptional: true),
            new Field(
                "promises",
                new ObjectShape(new Field("readFile", BooleanShape.Instance, IsOptional: true), new Field("access", BooleanShape.Instance, IsOptional: true)),
                IsOptional: true)),
        IsOptional: true));

    private static readonly Shape Globals = new ListShape(new ChoiceShape(
        "setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "Math", "crypto", "SubtleCrypto", "fetch", "Request", "Headers", "Response",
        "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "atob", "btoa", "AbortController", "AbortSignal"));

    private static readonly Shape Network = new ObjectShape(new Field("allowedHosts", new ListShape(TextShape.Instance)));

    private static readonly FrozenDictionary<string, Shape?> Options = new Dictionary<string, Shape?>(StringComparer.Ordinal)
    {
        ["creationOptions"] = null,
        ["parameters"] = null,
        ["platformConfig"] = Platform,
        ["globals"] = Globals,
        ["network"] = Network,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private VatConfigShape()
    {
    }

    internal override string? Complaint(JsonElement value, ParamPath? at) => IsVatConfig(value) ? null : ExpectedType("VatConfig", value, at);

    private static bool IsVatConfig(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        // A member given twice counts as it stands last, once.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int sources = 0;
        foreach (string name in value.EnumerateObject().Select(member => member.Name).Where(seen.Add))
        {
            JsonElement member = value.GetProperty(name);
            bool isValid;
            if (Array.IndexOf(Sources, name) >= 0)
            {
                sources++;
                isValid = member.ValueKind == JsonValueKind.String;
            }
            else
            {
                isValid = Options.TryGetValue(name, out Shape? shape) && (shape is null || IsFalsy(member) || shape.Complaint(member) is null);
            }

            if (!isValid)
            {
                return false;
            }
        }

        return sources == 1;
    }

    private static bool IsFalsy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Number => JsPrint.Number(value) == 0,
        _ => false,
    };
}
