using System.Diagnostics;
using System.Text.Json;
using Ocap.Bench.InProcess;

namespace Ocap.Bench.Driving;

/// <summary>The real liveslots under Node, for comparison.</summary>
/// <param name="node">The program.</param>
/// <param name="script">node/liveslots.mjs, where its packages are.</param>
internal sealed class Npm(string node, string script)
{
    /// <summary>Runs all cases: microseconds of CPU for one operation, by the case's name.</summary>
    internal Dictionary<string, double> Measure(Setting setting)
    {
        string capData = Path.Combine(setting.Folder, "capdata.json");
        File.WriteAllText(capData, SampleData.Json);
        string[] arguments = [script, Path.Combine(AppContext.BaseDirectory, "cases.json"), setting.ObjectsBundle!, capData, .. setting.WithMillion ? ["--big"] : Array.Empty<string>()];
        using Process process = Process.Start(new ProcessStartInfo(node, arguments) { RedirectStandardOutput = true })!;
        Dictionary<string, double> figures = new(StringComparer.Ordinal);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            using JsonDocument figure = JsonDocument.Parse(line);
            figures[figure.RootElement.GetProperty("name").GetString()!] = figure.RootElement.GetProperty("cpu").GetDouble();
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? figures : throw new InvalidOperationException($"{script} failed");
    }
}
