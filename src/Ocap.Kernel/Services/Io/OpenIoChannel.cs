using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Kernel.Services.Io;

/// <summary>A channel that has been opened for a subcluster.</summary>
/// <param name="Name">What the configuration calls it.</param>
/// <param name="Direction"><c>in</c>, <c>out</c> or <c>inout</c>.</param>
/// <param name="Channel">The channel.</param>
internal sealed record OpenIoChannel(string Name, string Direction, IIoChannel Channel)
{
    /// <summary>The direction that a channel's configuration says; both when it says none.</summary>
    internal static string DirectionOf(string config)
    {
        using JsonDocument document = StoredJson.Parse(config);
        return document.RootElement.TryGetProperty("direction", out JsonElement direction) ? direction.GetString() ?? "inout" : "inout";
    }
}
