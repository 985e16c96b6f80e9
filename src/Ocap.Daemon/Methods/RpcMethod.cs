using System.Text.Json;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary>One row of the method table.</summary>
/// <param name="Name">What a request calls it.</param>
/// <param name="Params">What it takes.</param>
/// <param name="Run">Starts it; returns at once, and keeps nothing of the parameters, whose memory goes away.</param>
internal sealed record RpcMethod(string Name, Shape Params, Action<RpcCall, JsonElement> Run);
