using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;
using Ocap.Vats.Tests.Limits;

namespace Ocap.EndToEnd.Tests.Limits.Attacks;

/// <summary>A daemon that is attacked, a vat beside the attacker, one apart from it, and what they see of each attack.</summary>
internal sealed class AttackedKernel : IAsyncDisposable
{
    private const string NeighbourRoot = "ko4", ApartRoot = "ko5";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>What is promised where there is a core for each busy thread; elsewhere the machine takes its share.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(100);

    private readonly TestKernel _kernel;
    private readonly AttackShape[] _shapes;
    private readonly string _bundle;
    private readonly bool _isStrict;
    private readonly int _daemon;
    private TimeSpan _usual;

    private AttackedKernel(TestKernel kernel, AttackShape[] shapes, string bundle, bool isStrict) =>
        (_kernel, _shapes, _bundle, _isStrict, _daemon) = (kernel, shapes, bundle, isStrict, kernel.Home.DaemonPid);

    private TimeSpan CpuLimit => TimeSpan.FromMilliseconds(_isStrict ? 1000 : 400);

    internal static async Task<AttackedKernel> StartAsync(AttackShape[] shapes, bool isStrict)
    {
        TestKernel kernel = await TestKernel.StartAsync(new("neighbour", "counter"), new("apart", "counter", Options: """{"isolation":"own"}"""));
        try
        {
            string methods = string.Join(",\n", shapes.Select(static (shape, i) => string.Create(CultureInfo.InvariantCulture, $"attack{i}() {{ {shape.Code} }}")));
            string bundle = await VatBundles.WriteAsync(kernel.Home.Root, "attacks", $$"""
                import { Far } from '@endo/far';
                export const buildRootObject = () => Far('root', {
                  bootstrap() {},
                {{methods}}
                });
                """);
            AttackedKernel attacked = new(kernel, shapes, bundle, isStrict);

            // The first messages warm the processes up; what the machine takes anyway is no attack's doing.
            await attacked.AskAsync(NeighbourRoot, Task.Delay(500));
            Answers[] usual = await Task.WhenAll(attacked.AskAsync(NeighbourRoot, Task.Delay(1000)), attacked.AskAsync(ApartRoot, Task.Delay(1000)));
            attacked._usual = usual.Max(static answers => answers.P99);
            return attacked;
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    internal async Task<AttackRow> PlayAsync(AttackKind kind, AttackShape shape)
    {
        // A bomb shall run into the limits of memory.
        string? options = kind is AttackKind.Loop or AttackKind.Unstoppable ? string.Create(CultureInfo.InvariantCulture, $$"""{"limits":{"cpuMs":{{CpuLimit.TotalMilliseconds}} } }""") : null;
        LaunchAnswer launched = await _kernel.LaunchAsync(new LaunchedVat("attacker", _bundle, Options: options));
        VatHostInfo shared = (await _kernel.HostsAsync()).Single(static host => host.Kind == "shared");
        long daemonBefore = ResidentMiB(_daemon), hostsBefore = await HostsMiBAsync(), ticks = shared.CpuTicks;

        await using RpcClient client = await RpcClient.ConnectAsync(_kernel.Socket);
        var clock = Stopwatch.StartNew();
        Task<RpcReply> attack = client.SendAsync(launched.Root, string.Create(CultureInfo.InvariantCulture, $"attack{Array.IndexOf(_shapes, shape)}"));
        Task over = Task.WhenAll(attack, Task.Delay(150));
        Task<Answers> neighbour = AskAsync(NeighbourRoot, over), apart = AskAsync(ApartRoot, over);
        long daemonPeak = 0, usedTicks = 0;
        while (!attack.IsCompleted)
        {
            usedTicks = TestHome.IsAlive(shared.Pid) ? shared.CpuTicks - ticks : usedTicks;
            daemonPeak = Math.Max(daemonPeak, ResidentMiB(_daemon) - daemonBefore);
            await Task.WhenAny(attack, Task.Delay(20));
        }

        TimeSpan took = clock.Elapsed;
        TimeSpan used = TimeSpan.FromMilliseconds((TestHome.IsAlive(shared.Pid) ? shared.CpuTicks - ticks : usedTicks) * 10);
        RpcReply reply = await attack;
        clock.Restart();
        (long Daemon, long Hosts) remained = await RemainedAsync(daemonBefore, hostsBefore, clock);
        AttackRow row = new(kind, shape.Name)
        {
            Told = reply.IsError ? reply.Message : reply.Body,
            Took = took,
            Used = used,
            Limit = CpuLimit,
            Neighbour = await neighbour,
            Apart = await apart,
            Patience = _isStrict ? Noticed : _usual + (Environment.ProcessorCount >= 4 ? Noticed : Noticed * 2.5),
            DaemonPeak = daemonPeak,
            Remained = remained,
            BackAfter = clock.Elapsed,
            Lives = TestHome.IsAlive(_daemon) && _kernel.Home.DaemonPid == _daemon,
        };
        await _kernel.CallAsync("terminateSubcluster", $$"""{"id":"{{launched.Subcluster}}"}""");
        return row;
    }

    /// <summary>What is wrong with the state that all of it left.</summary>
    internal Task<IReadOnlyList<string>> AuditAsync() => _kernel.KillAndAuditAsync();

    public ValueTask DisposeAsync() => _kernel.DisposeAsync();

    /// <summary>Asks a vat again and again, on a connection of its own.</summary>
    private async Task<Answers> AskAsync(string root, Task until)
    {
        await using RpcClient client = await RpcClient.ConnectAsync(_kernel.Socket);
        List<TimeSpan> answers = [];
        while (!until.IsCompleted)
        {
            long start = Stopwatch.GetTimestamp();
            _ = (await client.SendAsync(root, "count")).Body;
            answers.Add(Stopwatch.GetElapsedTime(start));
            await Task.Delay(5);
        }

        answers.Sort();
        return new Answers([.. answers]);
    }

    private async Task<(long Daemon, long Hosts)> RemainedAsync(long daemonBefore, long hostsBefore, Stopwatch clock)
    {
        while (true)
        {
            (long Daemon, long Hosts) more = (ResidentMiB(_daemon) - daemonBefore, await HostsMiBAsync() - hostsBefore);
            if (clock.Elapsed > Soon || (more.Daemon <= AttackRow.MayRemain && more.Hosts <= AttackRow.MayRemain))
                return more;
            await Task.Delay(50);
        }
    }

    private async Task<long> HostsMiBAsync() => (await _kernel.HostsAsync()).Sum(static host => host.ResidentMiB);

    private static long ResidentMiB(int pid)
    {
        try
        {
            return long.Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/statm")).Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize >> 20;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
