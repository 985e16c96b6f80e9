using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>
/// Random vats and deliveries: npm liveslots makes each sequence as it goes, and ours must do the same. 200 sequences, or as many as the environment
/// variable OCAP_RANDOM_SEQUENCES says (the long form: 10000), from the seed on that OCAP_RANDOM_SEED says. What npm liveslots made stays in the folder that
/// OCAP_RANDOM_MADE names, if it names one, and is taken from there if it is there: it does not depend on anything of ours.
/// </summary>
public partial class RandomTests
{
    private const int Batch = 25;

    [Test]
    public async Task A_vat_does_under_ours_what_it_does_under_npm_liveslots_whatever_it_is_told()
    {
        int count = Number("OCAP_RANDOM_SEQUENCES", 200), first = Number("OCAP_RANDOM_SEED", 1), end = first + count, late = 0, early = 0, anew = 0;
        List<string> differences = [];
        Task<Sequence[]> next = Make(first, Math.Min(Batch, count));
        for (int seed = first; seed < end; seed += Batch)
        {
            Sequence[] sequences = await next;
            next = seed + Batch < end ? Make(seed + Batch, Math.Min(end - seed - Batch, Batch)) : Task.FromResult<Sequence[]>([]);
            foreach (Sequence sequence in sequences)
            {
                string[] ours = OracleCase.RunScript(sequence.Source, sequence.Steps).TrimEnd('\n').Split('\n');
                switch (Compare(sequence.Trace, ours, out string difference))
                {
                    case Outcome.Late:
                        late++;
                        TestContext.Current?.Output.WriteLine($"seed {sequence.Seed}, late: {difference}");
                        Keep(sequence, ours);
                        break;
                    case Outcome.Early:
                        early++;
                        break;
                    case Outcome.Anew:
                        anew++;
                        break;
                    case Outcome.Different:
                        differences.Add($"seed {sequence.Seed}: {difference}");
                        Keep(sequence, ours);
                        break;
                }
            }
        }

        TestContext.Current?.Output.WriteLine($"{count} sequences from seed {first}: {differences.Count} different, {late} with garbage that ours found later, {early} with some that npm liveslots did, {anew} with an import that one of them met anew");
        await Assert.That(string.Join('\n', differences)).IsEqualTo("");
        await Assert.That(late + early + anew).IsLessThanOrEqualTo(count / 12);
    }

    private enum Outcome
    {
        Same,

        /// <summary>Ours still held something that npm liveslots found to be garbage; up to there they are the same.</summary>
        Late,

        /// <summary>The other way round.</summary>
        Early,

        /// <summary>
        /// One of them had collected an import when it was told of it again, and knows it by the name that it has now; the other had not yet, and knows it by the first.
        /// When garbage is collected, with nobody asking for it, is each engine's own affair. All else is the same.
        /// </summary>
        Anew,
        Different,
    }

    private static Outcome Compare(string[] npm, string[] ours, out string difference)
    {
        List<string[]> theirDeliveries = Deliveries(npm), ourDeliveries = Deliveries(ours);
        bool isAnew = false;
        for (int i = 0; i < Math.Max(theirDeliveries.Count, ourDeliveries.Count); i++)
        {
            string[] theirs = theirDeliveries.ElementAtOrDefault(i) ?? [], mine = ourDeliveries.ElementAtOrDefault(i) ?? [];
            if (theirs.SequenceEqual(mine, StringComparer.Ordinal))
            {
                continue;
            }

            if (theirs.Select(Nameless).SequenceEqual(mine.Select(Nameless), StringComparer.Ordinal))
            {
                isAnew = true;
            }
            else
            {
                difference = $"{theirs.FirstOrDefault()}\n  npm:  {string.Join("\n        ", theirs.Except(mine))}\n  ours: {string.Join("\n        ", mine.Except(theirs))}";
                HashSet<string> theirEffects = Effects(theirs), ourEffects = Effects(mine);
                return theirs.FirstOrDefault() is not "> [\"bringOutYourDead\"]" ? Outcome.Different
                    : ourEffects.IsSubsetOf(theirEffects) ? Outcome.Late
                    : theirEffects.IsSubsetOf(ourEffects) ? Outcome.Early
                    : Outcome.Different;
            }
        }

        difference = "";
        return isAnew ? Outcome.Anew : Outcome.Same;
    }

    /// <summary>A line without the names of imports.</summary>
    private static string Nameless(string line) => ImportNames().Replace(line, "$$$1");

    [GeneratedRegex(@"\$(\d+)\.Alleged: (?:presence o-\d+|weak o-\d+|thing)", RegexOptions.CultureInvariant)]
    private static partial Regex ImportNames();

    /// <summary>The lines of a trace, delivery by delivery.</summary>
    private static List<string[]> Deliveries(string[] trace)
    {
        List<string[]> deliveries = [];
        for (int start = 0; start < trace.Length;)
        {
            int end = Array.FindIndex(trace, start + 1, static line => line.StartsWith("> ", StringComparison.Ordinal));
            end = end < 0 ? trace.Length : end;
            deliveries.Add(trace[start..end]);
            start = end;
        }

        return deliveries;
    }

    /// <summary>What a delivery did, reference by reference; how many references a count has left is not looked at.</summary>
    private static HashSet<string> Effects(string[] delivery)
    {
        HashSet<string> effects = new(StringComparer.Ordinal);
        foreach (string line in delivery.Skip(1))
        {
            string[] words = line.Split(' ');
            effects.UnionWith(words[0] is "dropImports" or "retireImports" or "retireExports"
                ? words.Skip(1).Select(vref => $"{words[0]} {vref}")
                : line.StartsWith("set vom.rc.", StringComparison.Ordinal) ? [] : [line]);
        }

        return effects;
    }

    private static Task<Sequence[]> Make(int first, int count) => Task.Run(() =>
    {
        string? kept = Environment.GetEnvironmentVariable("OCAP_RANDOM_MADE") is { Length: > 0 } folder ? Path.Combine(folder, $"random-{first}-{count}.jsonl") : null;
        string file = kept ?? Path.Combine(AppContext.BaseDirectory, $"random-{first}.jsonl");
        if (!File.Exists(kept))
        {
            // Under its own name only when it is whole.
            string part = file + ".part";
            NpmBundles.Node(Path.Combine("..", "oracle", "random.mjs"), part, first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
            File.Move(part, file, overwrite: true);
        }

        Sequence[] sequences = [.. File.ReadLines(file).Select(Read)];
        if (kept is null)
        {
            File.Delete(file);
        }

        return sequences;
    });

    private static Sequence Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return new Sequence(
            root.GetProperty("seed").GetInt32(),
            root.GetProperty("source").GetString()!,
            [.. root.GetProperty("steps").EnumerateArray().Select(static step => step.GetRawText())],
            [.. root.GetProperty("trace").EnumerateArray().Select(static text => OurWords(text.GetString()!))]);
    }

    /// <summary>The engine's own messages read differently.</summary>
    private static string OurWords(string line) => line.Replace("Chaining cycle detected for promise [object Promise]", "Cannot resolve Promise with itself", StringComparison.Ordinal);

    /// <summary>Writes both traces beside the tests, to be compared by hand.</summary>
    private static void Keep(Sequence sequence, string[] ours)
    {
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, $"random-{sequence.Seed}-npm.txt"), sequence.Trace);
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, $"random-{sequence.Seed}-ours.txt"), ours);
    }

    private static int Number(string variable, int standard) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

    private sealed record Sequence(int Seed, string Source, string[] Steps, string[] Trace);
}
