using System.Globalization;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>How many kills, and which: <c>OCAP_KILLS</c> and <c>OCAP_KILL_SEED</c> ask for more, or for the same again.</summary>
internal static class KillPlan
{
    /// <summary>Kills under load. 25 in the quick form.</summary>
    internal static int Kills { get; } = Number("OCAP_KILLS") ?? 25;

    internal static int Seed { get; } = Number("OCAP_KILL_SEED") ?? Random.Shared.Next();

    internal static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
