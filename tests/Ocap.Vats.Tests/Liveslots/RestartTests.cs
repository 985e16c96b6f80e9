using System.Text.Json;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>A vat's store is the same whoever wrote it: what one side leaves, the other starts from.</summary>
public class RestartTests
{
    private static readonly Lazy<string> Continued = new(ContinueUnderNpm);

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_store_written_by_npm_liveslots_restarts_under_ours(string name)
    {
        foreach (int step in Restarts(name))
        {
            string[][] saved = JsonSerializer.Deserialize<string[][]>(await File.ReadAllTextAsync(Path.Combine(OracleCase.Fresh.Value, $"{name}.{step}.store")))!;
            Dictionary<string, string> store = saved.ToDictionary(static row => row[0], static row => row[1], StringComparer.Ordinal);
            await Assert.That(Chances(() => OracleCase.Run(name, step, store), Tail(name, step))).IsEqualTo(Tail(name, step));
        }
    }

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_store_written_by_ours_restarts_under_npm_liveslots(string name)
    {
        foreach (int step in Restarts(name))
        {
            string continued = await File.ReadAllTextAsync(Path.Combine(Continued.Value, $"{name}.{step}.txt"));
            await Assert.That(continued).IsEqualTo(Tail(name, step));
        }
    }

    public static IEnumerable<string> Names() => OracleCase.Names().Where(static name => Restarts(name).Any());

    private static IEnumerable<int> Restarts(string name)
    {
        string[] script = OracleCase.Script(name);
        return Enumerable.Range(0, script.Length).Where(step => script[step].StartsWith("[\"restart\"", StringComparison.Ordinal));
    }

    /// <summary>What comes of a case from one of its restarts on.</summary>
    private static string Tail(string name, int step)
    {
        string[] deliveries = OracleCase.Golden(name).Split("\n> ");
        bool hasStart = OracleCase.Script(name)[0].StartsWith("[\"start\"", StringComparison.Ordinal);
        return "> " + string.Join("\n> ", deliveries.Skip(step + (hasStart ? 0 : 1)));
    }

    private static string Chances(Func<string> run, string expected)
    {
        string actual = run();
        for (int attempt = 0; attempt < 3 && !string.Equals(actual, expected, StringComparison.Ordinal); attempt++)
        {
            actual = run();
        }

        return actual;
    }

    private static string ContinueUnderNpm()
    {
        string stores = Path.Combine(AppContext.BaseDirectory, "oracle-stores"), output = Path.Combine(AppContext.BaseDirectory, "oracle-continued");
        Directory.CreateDirectory(stores);
        foreach (string name in Names())
        {
            OracleCase.Run(name, restarting: (step, store) => File.WriteAllText(
                Path.Combine(stores, $"{name}.{step}.store"),
                JsonSerializer.Serialize(store.Select(static row => new[] { row.Key, row.Value }).ToArray())));
        }

        NpmBundles.Node(Path.Combine("..", "oracle", "oracle.mjs"), output, "", stores);
        return output;
    }
}
