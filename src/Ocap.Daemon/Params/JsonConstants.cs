using System.Text.Json;

namespace Ocap.Daemon.Params;

/// <summary>JSON values that stand in for what a request left out.</summary>
internal static class JsonConstants
{
    /// <summary><c>[]</c>: what absent or null <c>params</c> count as.</summary>
    internal static readonly JsonElement EmptyArray = JsonElement.Parse("[]"u8);
}
