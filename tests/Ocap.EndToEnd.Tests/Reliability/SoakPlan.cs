namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>How long the soak is: <c>OCAP_SOAK_DELIVERIES</c> and <c>OCAP_SOAK_LAUNCHES</c> ask for more.</summary>
internal static class SoakPlan
{
    /// <summary>Deliveries to vats. 30 000 in the quick form.</summary>
    internal static int Deliveries { get; } = KillPlan.Number("OCAP_SOAK_DELIVERIES") ?? 30_000;

    /// <summary>Subclusters launched and terminated, each with a bundle of its own. 40 in the quick form.</summary>
    internal static int Launches { get; } = KillPlan.Number("OCAP_SOAK_LAUNCHES") ?? 40;
}
