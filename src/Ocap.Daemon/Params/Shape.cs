using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>
/// What a parameter must look like, and the complaint when it does not, in the words of the reference's validator (spec/rpc.md §2). Only the first
/// complaint counts. A missing value has the kind <see cref="JsonValueKind.Undefined"/>.
/// </summary>
internal abstract class Shape
{
    /// <summary>Why the parameters are not of this shape; null when they are.</summary>
    internal string? Complaint(JsonElement parameters) => Complaint(parameters, at: null);

    /// <summary>Why the value that stands at <paramref name="at"/> is not of this shape; null when it is.</summary>
    internal abstract string? Complaint(JsonElement value, ParamPath? at);

    /// <summary><c>At path: … -- </c> and the text.</summary>
    protected static string Say(ParamPath? at, string text) => at is null ? text : $"At path: {at} -- {text}";

    /// <summary><c>Expected a string, but received: …</c></summary>
    protected static string Expected(string what, JsonElement value, ParamPath? at) => Say(at, $"Expected {what}, but received: {JsPrint.Value(value)}");

    /// <summary><c>Expected a value of type `VatId`, but received: `…`</c></summary>
    protected static string ExpectedType(string type, JsonElement value, ParamPath? at) =>
        Say(at, $"Expected a value of type `{type}`, but received: `{JsPrint.Value(value)}`");

    /// <summary>In JavaScript an array is an object too: its elements are members named 0, 1, ….</summary>
    protected static bool IsObject(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>The members of an object, or the elements of an array as such.</summary>
    protected static IEnumerable<KeyValuePair<string, JsonElement>> Members(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value))
        : value.EnumerateArray().Select((element, index) => KeyValuePair.Create(index.ToString(), element));
}
