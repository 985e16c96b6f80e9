using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;
using Ocap.Vats.Tests.Npm;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>The tables of what the language does (LanguageTests), printed by vats of the executable: what is compiled ahead is not what runs under the JIT.</summary>
public sealed class TableTests
{
    // The table's own bundle, and a root object over it that is made by hand: it has no package to make it.
    private const string Root = """
        __vatExports__ = (({ tables }) => ({
          buildRootObject: () => {
            const tag = Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: root' } });
            return harden(Object.assign(Object.create(tag), { bootstrap() {}, tables: () => tables() }));
          },
        }))(__vatExports__);
        """;

    [Test]
    [Arguments("language-syntax", 360)]
    [Arguments("language-builtins", 400)]
    [Arguments("language-async", 120)]
    [Arguments("language-suspension", 1000)]
    [Arguments("language-arrays", 900)]
    [Arguments("language-sorting", 3500)]
    [Arguments("errors-language", 400)]
    [Arguments("errors-builtins", 400)]
    [Arguments("private-members", 35)]
    [Arguments("ses-interfaces", 300)]
    public async Task The_language_does_in_a_vat_of_the_executable_what_it_does_in_Node(string table, int least)
    {
        await using var files = new TestHome();
        string bundle = Path.Combine(files.Root, "table.bundle");
        await File.WriteAllTextAsync(bundle, $$"""{"moduleFormat":"iife","code":{{JsonSerializer.Serialize(NpmBundles.Code(table) + Root)}},"exports":[],"external":[]}""");
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("table", bundle));
        int[] before = [.. (await kernel.HostsAsync()).Select(static host => host.Pid)];
        // A text that begins with a bracket has an exclamation mark before it. A vat's WeakMap and WeakSet are those of liveslots, which OracleTests compares.
        string printed = JsonSerializer.Deserialize<string>(await kernel.AskAsync("ko4", "tables"))!;
        await TableLines.Compare(table, printed.StartsWith('!') ? printed[1..] : printed, least, leftOut: "Weak");
        await Assert.That((await kernel.HostsAsync()).Select(static host => host.Pid)).IsEquivalentTo(before);
    }
}
