using System.Runtime.CompilerServices;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>Exos as authors write them, with Endo's own packages in the bundle (peer tests, case 76).</summary>
public sealed class ExoTests
{
    [Test]
    public async Task Exos_of_the_npm_packages_guard_their_methods_and_share_their_state()
    {
        string directory = Directory.CreateTempSubdirectory("ocap-exos-").FullName;
        try
        {
            CommandResult made = await Command.RunAsync(OcapBinary.Path, ["bundle", "-o", directory, Source()], new Dictionary<string, string?>(StringComparer.Ordinal));
            await Assert.That(made.Error).IsEqualTo("").Because("nothing of ours stands in for the packages");
            string bundle = Path.Combine(directory, "exos.bundle");
            await using TestKernel kernel = await TestKernel.StartAsync();
            string result = (await kernel.LaunchAsync(new LaunchedVat("main", bundle), new LaunchedVat("other", bundle))).Result;
            await Assert.That(result).IsEqualTo("""
                [[15,15,10,15],
                "Error: In \"increment\" method of (counter): arg 0: string \"foo\" - Must be a number",
                "Error: In \"increment\" method of (Counter): arg 0: string \"foo\" - Must be a number",
                "Error: In \"increment\" method of (Counter): Expected at least 1 arguments: []",
                "Error: In \"increment\" method of (counter): arg 0: string \"foo\" - Must be a number",
                "Error: In \"set\" method of (Temperature celsius): arg 0: string \"hot\" - Must be a number",
                [100,212,0,32],
                "TypeError",
                [3,"alice,bob,charlie","1,2,3",3,"alice,bob,charlie",2]]
                """.ReplaceLineEndings(""));
            await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Source([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "Ocap.Vats.Tests", "npm", "scenarios", "exos.js"));
}
