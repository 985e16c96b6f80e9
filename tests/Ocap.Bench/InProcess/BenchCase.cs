using System.Text.Json;

namespace Ocap.Bench.InProcess;

/// <summary>A case of cases.json: deliveries to an object of <c>vats/objects.js</c>. node/liveslots.mjs runs the same.</summary>
/// <param name="Name">What one operation is.</param>
/// <param name="Setup">Methods of the root that come first: name, arguments, and as a fourth item how often.</param>
/// <param name="Target">The root, or which of its adders.</param>
/// <param name="Method">Its method.</param>
/// <param name="Args">What it is given.</param>
/// <param name="Times">Deliveries that are measured; as many go before, unless <paramref name="Once"/>.</param>
/// <param name="Operations">In each delivery.</param>
/// <param name="Big">Takes minutes.</param>
internal sealed record BenchCase(
    string Name, JsonElement[]? Setup, string? Target, string Method, JsonElement? Args, int Times, int Operations = 1, bool Once = false, bool Big = false)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    internal static BenchCase[] All { get; } =
        JsonSerializer.Deserialize<BenchCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases.json")), Options)!;

    internal string Methargs => $"#[\"{Method}\",{Args?.GetRawText() ?? "[]"}]";

    /// <summary>The bodies of the messages that come first.</summary>
    internal IEnumerable<string> SetupMethargs()
    {
        foreach (JsonElement step in Setup ?? [])
        {
            string arguments = string.Join(',', step.EnumerateArray().Skip(1).Take(2).Select(static item => item.GetRawText()));
            int times = step.GetArrayLength() > 3 ? step[3].GetInt32() : 1;
            for (int i = 0; i < times; i++)
            {
                yield return $"#[{step[0].GetRawText()},[{arguments}]]";
            }
        }
    }
}
