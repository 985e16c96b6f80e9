using System.Text.Json;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary>
/// <c>getStatus</c>: vats, subclusters and the state of remote communications (spec/rpc.md §4.1). The reference's daemon has all its vats up before it can be
/// asked; ours brings them back when they are needed, so those that are not up yet, or cannot be, are listed too. How each is, <c>getDaemonInfo</c> says:
/// clients allow no further member here.
/// </summary>
internal static class GetStatus
{
    internal static RpcMethod Create(RpcServices services) => new("getStatus", NothingShape.Instance, (call, _) =>
        services.Kernel.GetStatus(answer => Answer(call, answer, services.PeerId(CancellationToken.None))));

    private static void Answer(RpcCall call, Answer<KernelStatus> answer, Task<string> peerId)
    {
        if (!answer.IsOk)
        {
            call.Fail(RpcErrorCode.InternalError, answer.Failure!);
        }
        else if (peerId.IsCompleted)
        {
            Answer(call, answer.Value!, peerId);
        }
        else
        {
            // Only in the first moments of a fresh home, while the identity is being made.
            _ = peerId.ContinueWith(ready => Answer(call, answer.Value!, ready), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>A kernel without an identity still has a status; why it has none is in the log of whoever makes it.</summary>
    private static void Answer(RpcCall call, KernelStatus status, Task<string> peerId) =>
        call.Succeed(json => Write(json, status, peerId.IsCanceled || peerId.Exception is not null ? null : peerId.Result));

    private static void Write(Utf8JsonWriter json, KernelStatus status, string? peerId)
    {
        json.WriteStartObject();
        json.WriteStartArray("vats"u8);
        foreach (VatStatus vat in status.Vats)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, vat.Id.ToString());
            json.WritePropertyName("config"u8);
            json.WriteRawValue(vat.Config, skipInputValidation: true);
            json.WriteString("subclusterId"u8, vat.Subcluster.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("subclusters"u8);
        foreach (SubclusterStatus subcluster in status.Subclusters)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, subcluster.Id.ToString());
            json.WritePropertyName("config"u8);
            json.WriteRawValue(subcluster.Config, skipInputValidation: true);
            json.WriteStartObject("vats"u8);
            foreach ((string name, VatId id) in subcluster.Vats)
            {
                json.WriteString(name, id.ToString());
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("remoteComms"u8);
        json.WriteString("state"u8, peerId is null ? "disconnected"u8 : "identity-only"u8);
        if (peerId is not null)
        {
            json.WriteString("peerId"u8, peerId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
