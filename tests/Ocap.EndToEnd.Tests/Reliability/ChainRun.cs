using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>
/// One home, three vats in a chain A→B→C that each note what they are given, three clients, and a daemon that is killed again and again. After each kill the file
/// is read as it was left: C is the beginning of B and B of A, nothing is there twice, each client's notes are in its order, and all that was answered is there.
/// </summary>
internal sealed class ChainRun(Random random) : IAsyncDisposable
{
    private readonly Sender[] _senders = [new("x"), new("y"), new("z")];
    private TestKernel? _kernel;
    private string _root = "";
    private TimeSpan _startTime;

    internal int KillsUnderLoad { get; private set; }

    internal int KillsAtStart { get; private set; }

    internal int Acknowledged => _senders.Sum(sender => sender.Acknowledged.Count);

    private TestKernel Kernel => _kernel!;

    internal async Task BeginAsync()
    {
        _kernel = await TestKernel.StartAsync();
        LaunchAnswer launch = await Kernel.LaunchAsync(new("a", "chain"), new("b", "chain"), new("c", "chain"));
        await Assert.That(launch.Result).IsEqualTo("\"linked\"");
        _root = launch.Root;
    }

    /// <summary>Loads the daemon, kills it at a random moment, looks at what is left, now and then kills the next one while it starts, and goes on.</summary>
    internal async Task RoundAsync()
    {
        Task load = Task.WhenAll(_senders.Select(sender => sender.SendUntilGoneAsync(Kernel.Socket, _root)));
        await Task.Delay(random.Next(20, 400));
        await Kernel.KillAsync();
        await load;
        KillsUnderLoad++;
        await CheckAsync();
        if (KillsUnderLoad % 3 == 0)
            await KillAtStartAsync();
        await Kernel.ResumeAsync();
        string sizes = await Kernel.AskAsync(_root, "sizes");
        string[] numbers = sizes.Trim('[', ']').Split(',');
        await Assert.That(numbers.Distinct(StringComparer.Ordinal).Count()).IsEqualTo(1).Because($"all that A noted reaches C: {sizes}");
        await Assert.That(int.Parse(numbers[0], CultureInfo.InvariantCulture)).IsGreaterThanOrEqualTo(Acknowledged);
    }

    public ValueTask DisposeAsync() => _kernel?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task KillAtStartAsync()
    {
        if (_startTime == TimeSpan.Zero)
        {
            Stopwatch time = Stopwatch.StartNew();
            using Process first = Command.Start(OcapBinary.Path, ["daemon", "run"], Kernel.Home.Environment);
            await first.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
            _startTime = time.Elapsed;
            await EndAsync(first);
        }
        else
        {
            using Process daemon = Command.Start(OcapBinary.Path, ["daemon", "run"], Kernel.Home.Environment);
            await Task.Delay(_startTime * (2 * random.NextDouble()));
            await EndAsync(daemon);
        }
        KillsAtStart++;
        await CheckAsync();
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task CheckAsync()
    {
        LeftState left = LeftState.Of(Kernel.Home);
        await Assert.That(left.Problems).IsEmpty();
        List<string> a = left.BaggageList("v1", "n"), b = left.BaggageList("v2", "n"), c = left.BaggageList("v3", "n");
        await Assert.That(a.Take(b.Count).SequenceEqual(b, StringComparer.Ordinal)).IsTrue().Because("B is the beginning of A");
        await Assert.That(b.Take(c.Count).SequenceEqual(c, StringComparer.Ordinal)).IsTrue().Because("C is the beginning of B");
        HashSet<string> all = a.ToHashSet(StringComparer.Ordinal);
        await Assert.That(all.Count).IsEqualTo(a.Count).Because("nothing is there twice");
        foreach (Sender sender in _senders)
            await Assert.That(sender.Acknowledged.Where(id => !all.Contains(id))).IsEmpty().Because("what was acknowledged is there");
        foreach (IGrouping<string, string> ofOne in a.GroupBy(id => id.Split('-')[0], StringComparer.Ordinal))
        {
            int[] numbers = [.. ofOne.Select(id => int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture))];
            await Assert.That(numbers.SequenceEqual(numbers.Order())).IsTrue().Because($"notes of {ofOne.Key} are in its order");
        }
    }
}
