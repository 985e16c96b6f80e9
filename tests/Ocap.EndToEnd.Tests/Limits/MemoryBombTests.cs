using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Limits;

/// <summary>
/// Vats that keep what they allocate (design/reliability.md S8): each ends with its reason, the others go on, the process they share gives the memory back, and
/// the daemon never was any larger.
/// </summary>
[NotInParallel(nameof(MemoryBombTests))]
public sealed class MemoryBombTests
{
    private const long MayRemain = 64;
    private const long MayReach = 2560;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static readonly (string Name, string Code)[] Bombs =
    [
        ("arrays", "const a = []; for (;;) a.push(new Array(1000).fill(7));"),
        ("objects", "let o = {}; for (;;) o = { o, x: 1, y: { z: 2 } };"),
        ("strings", "const a = []; for (let i = 0; ; i++) a.push(('s' + i).repeat(500));"),
        ("buffers", "const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));"),
        ("map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]);"),
        ("set", "const s = new Set(); for (let i = 0; ; i++) s.add({ i });"),
        ("closures", "const a = []; for (let i = 0; ; i++) { const big = [i, i, i, i]; a.push(() => big); }"),
        ("promises", "const a = []; for (;;) a.push(new Promise(() => {}).then(x => x));"),
        ("generators", "const a = []; for (let i = 0; ; i++) { const g = (function* () { let n = i; for (;;) yield n++; })(); g.next(); a.push(g); }"),
        ("regex", "const a = []; for (let i = 0; ; i++) a.push(/(?<n>a+)(b+)/.exec('aaaabbbb' + i));"),
        ("json", "const a = []; const t = JSON.stringify({ a: [1, 2, 3], b: { c: 'ddd' }, e: null }); for (;;) a.push(JSON.parse(t));"),
        ("bigint", "const a = []; let n = 7n ** 20000n; for (;;) { n = n + 1n; a.push(n); }"),
        ("errors", "let e = Error('x'); for (;;) e = Error('y', { cause: e });"),
        ("baggage", "for (let i = 0; ; i++) baggage.init('k' + i, 'v'.repeat(2000));"),
    ];

    private static readonly string Module = $$"""
        const passStyle = Symbol.for('passStyle');
        export function buildRootObject(powers, parameters, baggage) {
          const proto = harden(Object.create(Object.prototype, { [passStyle]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: root' } }));
          return harden(Object.setPrototypeOf({
            bootstrap() {},
            ping: () => 'pong',
            {{string.Join(",\n    ", Bombs.Select(static bomb => $"{bomb.Name}() {{ {bomb.Code} }}"))}}
          }, proto));
        }

        """;

    public static IEnumerable<string> Names() => Bombs.Select(static bomb => bomb.Name);

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_memory_bomb_ends_with_its_reason_while_others_are_answered_and_the_memory_comes_back(string bomb)
    {
        await using TestHome home = new();
        string bundle = await BundleAsync(home);
        string bystander = await LaunchAsync(home, bundle);
        string vat = await LaunchAsync(home, bundle);
        await Assert.That((await SendAsync(home, bystander, "ping")).Output).Contains("pong");
        int daemon = home.DaemonPid;
        long before = Resident(daemon);
        long beforeVats = await VatsResidentAsync(home);

        long most = 0;
        long mostVats = 0;
        Task<CommandResult> ending = SendAsync(home, vat, bomb);
        for (int asked = 0; asked == 0 || !ending.IsCompleted; asked++)
        {
            await Assert.That((await SendAsync(home, bystander, "ping")).Output).Contains("pong");
            most = Math.Max(most, Resident(daemon));
            mostVats = Math.Max(mostVats, await VatsResidentAsync(home));
        }

        CommandResult end = await ending;
        await Assert.That(end.ExitCode).IsEqualTo(1);
        await Assert.That(end.Error).Contains("_LIMIT] ").Because(end.Error);
        await Assert.That(most).IsLessThan(before + MayRemain);
        await Assert.That(mostVats).IsLessThan(MayReach);
        await Assert.That(await LeastVatsResidentAsync(home, beforeVats + MayRemain)).IsLessThanOrEqualTo(beforeVats + MayRemain);
        await Assert.That((await SendAsync(home, bystander, "ping")).Output).Contains("pong");
        await Assert.That(home.DaemonPid).IsEqualTo(daemon);
    }

    private static async Task<string> BundleAsync(TestHome home)
    {
        string module = Path.Combine(home.Root, "bomb.js");
        await File.WriteAllTextAsync(module, Module);
        CommandResult bundled = await home.RunAsync("bundle", module);
        await Assert.That(bundled.ExitCode).IsEqualTo(0).Because(bundled.Error);
        return Path.Combine(home.Root, "bomb.bundle");
    }

    /// <summary>Launches a vat and returns its root's reference.</summary>
    private static async Task<string> LaunchAsync(TestHome home, string bundle)
    {
        string config = "{\"config\":{\"bootstrap\":\"b\",\"vats\":{\"b\":{\"bundleSpec\":\"" + bundle + "\"}}}}";
        CommandResult launched = await home.RunAsync("daemon", "exec", "launchSubcluster", config);
        await Assert.That(launched.ExitCode).IsEqualTo(0).Because(launched.Error);
        using JsonDocument answer = JsonDocument.Parse(launched.Output);
        return answer.RootElement.GetProperty("rootKref").GetString()!;
    }

    private static Task<CommandResult> SendAsync(TestHome home, string target, string method) =>
        home.RunAsync("daemon", "exec", "queueMessage", $"[\"{target}\",\"{method}\",[]]");

    /// <summary>What a process has in memory, in MiB.</summary>
    private static long Resident(int pid)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length).Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>What the processes that vats live in have in memory, in MiB.</summary>
    private static async Task<long> VatsResidentAsync(TestHome home)
    {
        CommandResult info = await home.RunAsync("daemon", "exec", "getDaemonInfo");
        using JsonDocument answer = JsonDocument.Parse(info.Output);
        return answer.RootElement.GetProperty("hosts").EnumerateArray().Sum(static host => host.GetProperty("residentBytes").GetInt64()) >> 20;
    }

    private static async Task<long> LeastVatsResidentAsync(TestHome home, long enough)
    {
        var clock = Stopwatch.StartNew();
        long least = await VatsResidentAsync(home);
        while (least > enough && clock.Elapsed < Soon)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            least = Math.Min(least, await VatsResidentAsync(home));
        }

        return least;
    }
}
