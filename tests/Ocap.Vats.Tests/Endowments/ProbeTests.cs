using System.Runtime.CompilerServices;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>The same probes under Node and in a vat: what the endowments are and do. Differences are listed in <c>probes/differences.txt</c>, each with its reason.</summary>
public sealed class ProbeTests
{
    internal static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "probes");

    [Test]
    [Arguments("encoding")]
    [Arguments("url")]
    [Arguments("abort")]
    [Arguments("fetch")]
    [Arguments("bodies")]
    [Arguments("streams")]
    [Arguments("crypto")]
    [Arguments("crypto-misuse")]
    [Arguments("edges")]
    public async Task Endowments_do_what_Nodes_own_do(string probe)
    {
        string prelude = Path.Combine(Folder, "prelude.js"), file = Path.Combine(Folder, probe + ".js");
        string[] there = NpmBundles.Node("probe.mjs", prelude, file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] here = Here(prelude, file);
        string[] known = [.. File.ReadLines(Path.Combine(Folder, "differences.txt")).Where(line => line.StartsWith(probe + " | ", StringComparison.Ordinal)).Select(line => line.Split(" | ")[1])];
        List<string> differences = [];
        for (int i = 0; i < Math.Max(there.Length, here.Length); i++)
        {
            string one = i < there.Length ? there[i] : "", other = i < here.Length ? here[i] : "";
            if (one != other && !known.Any(label => IsOf(one, label)))
            {
                differences.Add($"there {one}\n here {other}");
            }
        }

        await Assert.That(there.Length).IsGreaterThan(15);
        if (differences.Count > 0)
        {
            Assert.Fail(string.Join('\n', differences));
        }

        await Assert.That(string.Join('\n', known.Where(label => there.Zip(here).Any(pair => pair.First == pair.Second && IsOf(pair.First, label))))).IsEqualTo("")
            .Because("these are no differences any more");
    }

    private static bool IsOf(string line, string label) => line.StartsWith(label + " = ", StringComparison.Ordinal) || line.StartsWith(label + " -> ", StringComparison.Ordinal);

    private static string[] Here(string prelude, string file) => EndowedVat.Run(EndowedVat.AllNames, vat =>
    {
        vat.Engine.Evaluate(File.ReadAllText(prelude));
        string text = vat.Await($"(async () => {{\n{File.ReadAllText(file)}\nreturn (await finish()).join('\\n');\n}})()");
        return (text is "pending" ? vat.Evaluate("lines.join('\\n')") : text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    });

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
