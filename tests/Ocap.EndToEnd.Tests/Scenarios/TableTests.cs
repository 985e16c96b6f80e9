using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;
using Ocap.Vats.Tests.Npm;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>The tables of what the language does (LanguageTests), printed by vats of the executable: what is compiled ahead is not what runs under the JIT.</summary>
public sealed class TableTests
{
    [Test]
    [Arguments("language-syntax", 360)]
    [Arguments("language-builtins", 400)]
    [Arguments("language-async", 120)]
    [Arguments("language-suspension", 490)]
    [Arguments("errors-language", 400)]
    [Arguments("errors-builtins", 400)]
    [Arguments("private-members", 35)]
    [Arguments("ses-interfaces", 300)]
    public async Task The_language_does_in_a_vat_of_the_executable_what_it_does_in_Node(string table, int least)
    {
        await using var files = new TestHome();
        string source = $"import {{ Far }} from '@endo/far'; import {{ tables }} from {JsonSerializer.Serialize(Path.GetRelativePath(files.Root, Path.Combine(NpmBundles.Folder, "vats", table + ".js")))};\n"
            + "export const buildRootObject = () => Far('root', { bootstrap() {}, tables: () => tables() });";
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("table", await VatBundles.WriteAsync(files.Root, "table", source)));
        int[] before = [.. (await kernel.HostsAsync()).Select(static host => host.Pid)];
        await TableLines.Compare(table, JsonSerializer.Deserialize<string>(await kernel.AskAsync("ko4", "tables"))!, least);
        await Assert.That((await kernel.HostsAsync()).Select(static host => host.Pid)).IsEquivalentTo(before);
    }
}
