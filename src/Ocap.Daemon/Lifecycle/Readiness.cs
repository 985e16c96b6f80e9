using System.Buffers;
using System.Text.Json;

namespace Ocap.Daemon.Lifecycle;

/// <summary>The one line a detached daemon says on its standard output: that it takes requests, or why it never will.</summary>
/// <param name="Pid">Its process id, when ready.</param>
/// <param name="Version">Its version, when ready.</param>
/// <param name="Error">The sentence that says why not; null when ready.</param>
public sealed record Readiness(int Pid, string Version, string? Error)
{
    internal static Readiness Failed(string error) => new(0, "", error);

    /// <summary>The line, with its newline.</summary>
    internal byte[] ToLine()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (Error is null)
            {
                json.WriteBoolean("ready", true);
                json.WriteNumber("pid", Pid);
                json.WriteString("version", Version);
            }
            else
            {
                json.WriteString("error", Error);
            }
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the line; null when it is not one.</summary>
    internal static Readiness? Parse(ReadOnlySpan<byte> line)
    {
        int pid = 0;
        string version = "";
        string? error = null;
        bool ready = false;
        try
        {
            Utf8JsonReader json = new(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                json.Read();
                switch (name)
                {
                    case "ready": ready = json.GetBoolean(); break;
                    case "pid": pid = json.GetInt32(); break;
                    case "version": version = json.GetString() ?? ""; break;
                    case "error": error = json.GetString(); break;
                    default: json.Skip(); break;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
        return ready || error is not null ? new Readiness(pid, version, error) : null;
    }
}
