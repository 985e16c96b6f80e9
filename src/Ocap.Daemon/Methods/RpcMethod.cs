using System.Text.Json;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary>One row of the method table.</summary>
/// <param name="Name">What a request calls it.</param>
/// <param name="Params">What it takes.</param>
/// <param name="Run">Starts it; returns at once, and keeps nothing of the parameters, whose memory goes away.</param>
internal sealed record RpcMethod(string Name, Shape Params, Action<RpcCall, JsonElement> Run)
{
    /// <summary>What becomes of a call that is running when the daemon stops, for whoever waits for it.</summary>
    internal string WhenStopped { get; init; } = "The daemon is stopping and did not wait for this call. Make it again when it has started anew.";
}
