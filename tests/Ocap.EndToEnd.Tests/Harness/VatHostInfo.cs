using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A process that vats live in, as the daemon describes it and as the system sees it.</summary>
internal sealed class VatHostInfo(JsonElement host)
{
    internal int Pid { get; } = host.GetProperty("pid").GetInt32();

    internal string Kind { get; } = host.GetProperty("kind").GetString()!;

    internal string Confinement { get; } = host.GetProperty("confinement").GetString()!;

    internal long ResidentMiB { get; } = host.GetProperty("residentBytes").GetInt64() >> 20;

    internal string Vats { get; } = string.Join(' ', host.GetProperty("vats").EnumerateArray().Select(static vat => vat.GetString()));

    internal string Environment => File.ReadAllText(In("environ")).TrimEnd('\0');

    /// <summary>What its descriptors lead to.</summary>
    internal string[] Descriptors => [.. Directory.EnumerateFileSystemEntries(In("fd")).Select(static entry => new FileInfo(entry).LinkTarget!)];

    /// <summary>Clock ticks of CPU time it has used.</summary>
    internal long CpuTicks => long.Parse(Stat(11), CultureInfo.InvariantCulture) + long.Parse(Stat(12), CultureInfo.InvariantCulture);

    /// <summary>What makes it likelier, in thousandths of the memory there is, that the system ends it when there is none left.</summary>
    internal int LikelinessToDie => int.Parse(File.ReadAllText(In("oom_score_adj")), CultureInfo.InvariantCulture);

    internal int Session => int.Parse(Stat(3), CultureInfo.InvariantCulture);

    /// <summary>A field of its status, as <c>NoNewPrivs</c>.</summary>
    internal string Status(string field) =>
        File.ReadLines(In("status")).First(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();

    /// <summary>Kills it. One that has died already may still be listed for a moment.</summary>
    internal void Kill()
    {
        try
        {
            using Process process = Process.GetProcessById(Pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It is gone.
        }
    }

    /// <summary>Waits for its end, for a few seconds.</summary>
    internal async Task<bool> HasEndedAsync()
    {
        for (int i = 0; i < 100 && TestHome.IsAlive(Pid); i++)
            await Task.Delay(50);
        return !TestHome.IsAlive(Pid);
    }

    public override string ToString() => $"{Kind}: {Vats}";

    /// <summary>A field of <c>stat</c>, counted from behind the program's name.</summary>
    private string Stat(int field)
    {
        string stat = File.ReadAllText(In("stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field];
    }

    private string In(string name) => string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/{name}");
}
