using System.Globalization;
using System.Text.Json;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Vats;

namespace Ocap.Daemon.Methods;

/// <summary><c>getDaemonInfo</c>: the process, how its vats are doing and what they use, and the processes they live in. Ours; the reference has none.</summary>
internal static class GetDaemonInfo
{
    internal static RpcMethod Create(RpcServices services, TimeProvider time) => new("getDaemonInfo", NothingShape.Instance, (call, _) =>
        services.Kernel.GetStatus(answer => call.Finish(answer, (json, status) => Write(json, services.Info(), time.GetUtcNow(), status, services.Hosts()))));

    private static void Write(Utf8JsonWriter json, DaemonInfo info, DateTimeOffset now, KernelStatus status, IReadOnlyList<VatHostStatus> hosts)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, info.Version);
        json.WriteNumber("protocol"u8, info.Protocol);
        json.WriteNumber("pid"u8, info.Pid);
        json.WriteString("startedAt"u8, info.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteNumber("uptimeMs"u8, Math.Max(0, (long)(now - info.StartedAt).TotalMilliseconds));
        json.WriteString("home"u8, info.Home);
        json.WriteString("socket"u8, info.Socket);
        json.WriteString("log"u8, info.Log);
        json.WriteStartObject("vats"u8);
        json.WriteNumber("running"u8, status.Vats.Count(vat => vat.State == VatState.Running));
        json.WriteNumber("starting"u8, status.Vats.Count(vat => vat.State == VatState.Starting));
        json.WriteStartArray("failed"u8);
        foreach (VatStatus vat in status.Vats.Where(vat => vat.State == VatState.Failed))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, vat.Id.ToString());
            json.WriteString("subclusterId"u8, vat.Subcluster.ToString());
            json.WriteString("reason"u8, vat.Reason ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("usage"u8);
        foreach (VatStatus vat in status.Vats)
        {
            Write(json, vat);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("hosts"u8);
        foreach (VatHostStatus host in hosts)
        {
            Write(json, host);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What a vat has used since the daemon started, and what it may use.</summary>
    private static void Write(Utf8JsonWriter json, VatStatus vat)
    {
        VatUsage usage = vat.Usage;
        json.WriteStartObject();
        json.WriteString("id"u8, vat.Id.ToString());
        json.WriteString("name"u8, vat.Name);
        json.WriteString("state"u8, vat.State switch { VatState.Running => "running"u8, VatState.Failed => "failed"u8, _ => "starting"u8 });
        json.WriteNumber("deliveries"u8, usage.Deliveries);
        json.WriteNumber("cpuMs"u8, usage.CpuMicroseconds / 1000.0);
        json.WriteNumber("mostCpuMs"u8, usage.MostCpuMicroseconds / 1000.0);
        json.WriteNumber("allocatedBytes"u8, usage.AllocatedBytes);
        json.WriteStartObject("retainedBytes"u8);
        json.WriteNumber("least"u8, usage.Retained.Least);
        json.WriteNumber("most"u8, usage.Retained.Most);
        json.WriteEndObject();
        LimitsInForce limits = VatOptions.Read(vat.Config).InForce;
        if (limits.Statements is not null)
        {
            json.WriteNumber("mostStatements"u8, usage.MostStatements);
        }

        json.WriteStartObject("limits"u8);
        json.WriteNumber("cpuMs"u8, limits.CpuMs);
        json.WriteNumber("memoryMiB"u8, limits.MemoryBytes >> 20);
        if (limits.Statements is { } statements)
        {
            json.WriteNumber("statements"u8, statements);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VatHostStatus host)
    {
        json.WriteStartObject();
        json.WriteNumber("pid"u8, host.Pid);
        json.WriteString("kind"u8, host.Kind);
        json.WriteNumber("residentBytes"u8, host.ResidentBytes);
        json.WriteString("confinement"u8, host.Confinement);
        json.WriteStartArray("vats"u8);
        foreach (VatId vat in host.Vats)
        {
            json.WriteStringValue(vat.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
