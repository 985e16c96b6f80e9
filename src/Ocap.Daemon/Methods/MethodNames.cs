namespace Ocap.Daemon.Methods;

/// <summary>What a daemon can be asked, for a command line that helps with typing it. A test holds it against the method table.</summary>
public static class MethodNames
{
    /// <summary>The methods that do something in this version, in the order of the README.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "getStatus", "getDaemonInfo", "launchSubcluster", "terminateSubcluster", "pingVat", "restartVat", "terminateVat", "terminateAllVats", "queueMessage",
        "executeDBQuery", "collectGarbage", "clearState", "revoke", "isRevoked", "shutdown",
    ];
}
