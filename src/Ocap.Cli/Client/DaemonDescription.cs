using System.Globalization;
using System.Text.Json;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Client;

/// <summary>What <c>getDaemonInfo</c> answers, as far as <c>status</c> shows it.</summary>
internal sealed class DaemonDescription
{
    internal int Pid { get; private set; }

    internal string Version { get; private set; } = "";

    internal string Home { get; private set; } = "";

    internal string Socket { get; private set; } = "";

    internal string Log { get; private set; } = "";

    internal long UptimeMs { get; private set; }

    internal int Running { get; private set; }

    internal int Starting { get; private set; }

    /// <summary>A line for each vat that could not come back: its id and why.</summary>
    internal List<string> Failed { get; } = [];

    /// <summary>A line for each process that vats live in: its pid, for whom it is, how many vats, how much memory.</summary>
    internal List<string> Hosts { get; } = [];

    /// <summary>What the busiest vats have used, a line for each.</summary>
    internal List<string> Usage { get; private set; } = [];

    /// <exception cref="DaemonException">It is not such an answer.</exception>
    internal static DaemonDescription Parse(ReadOnlySpan<byte> json)
    {
        DaemonDescription daemon = new();
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            daemon.ReadMembers(ref reader);
            return daemon;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new DaemonException("The daemon describes itself in a way this ocap does not understand. To run the same version: ocap daemon restart");
        }
    }

    /// <summary>Reads the description's members, and those of <c>vats</c> within it: their names do not collide.</summary>
    private void ReadMembers(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "pid": Pid = reader.GetInt32(); break;
                case "version": Version = reader.GetString()!; break;
                case "home": Home = reader.GetString()!; break;
                case "socket": Socket = reader.GetString()!; break;
                case "log": Log = reader.GetString()!; break;
                case "uptimeMs": UptimeMs = reader.GetInt64(); break;
                case "vats": ReadMembers(ref reader); break;
                case "running": Running = reader.GetInt32(); break;
                case "starting": Starting = reader.GetInt32(); break;
                case "failed": ReadFailed(ref reader); break;
                case "usage": Usage = VatUsageLines.Read(ref reader); break;
                case "hosts": ReadHosts(ref reader); break;
                default: reader.Skip(); break;
            }
        }
    }

    private void ReadHosts(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int pid = 0, vats = 0;
            long bytes = 0;
            string kind = "", confinement = "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                switch (name)
                {
                    case "pid": pid = reader.GetInt32(); break;
                    case "kind": kind = reader.GetString()!; break;
                    case "confinement": confinement = reader.GetString()!; break;
                    case "residentBytes": bytes = reader.GetInt64(); break;
                    case "vats":
                        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                            vats++;
                        break;
                    default: reader.Skip(); break;
                }
            }
            Hosts.Add(string.Create(CultureInfo.InvariantCulture, $"process {pid} ({kind}): {vats} {(vats == 1 ? "vat" : "vats")}, {bytes / 1_000_000} MB{(confinement.Length == 0 ? "" : "; confined by: " + confinement)}"));
        }
    }

    private void ReadFailed(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string id = "";
            string reason = "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                bool isReason = reader.ValueTextEquals("reason"u8);
                reader.Read();
                if (isId)
                    id = reader.GetString()!;
                else if (isReason)
                    reason = reader.GetString()!;
                else
                    reader.Skip();
            }
            Failed.Add($"{id}: {reason}");
        }
    }
}
