using System.Globalization;
using CsCheck;

namespace Ocap.Kernel.Tests.Model;

/// <summary>Generated programs of vats, messages, promises, terminations, restarts and crashes, against the invariants I1–I6, I8–I10 of the design.</summary>
public sealed class ModelTests
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("OCAP_MODEL_SEEDS") ?? "500", CultureInfo.InvariantCulture);

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task Whatever_settles_and_ends_in_pieces_the_invariants_hold(int lanes)
    {
        int settlings = 0, owings = 0;
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var run = new ModelRun(seed, lanes, isBusy: true);
                run.Run(400);
                Interlocked.Add(ref settlings, run.InPieces.Sealed);
                Interlocked.Add(ref owings, run.InPieces.Owing);
            },
            iter: 1 + (Seeds / 4));
        await Assert.That(settlings).IsGreaterThan(Seeds / 4);
        await Assert.That(owings).IsGreaterThan(Seeds / 8);
    }

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task Whatever_the_schedule_the_invariants_hold(int lanes)
    {
        int deliveries = 0, calls = 0, lines = 0;
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var run = new ModelRun(seed, lanes);
                run.Run(120);
                Interlocked.Add(ref deliveries, run.Deliveries);
                Interlocked.Add(ref calls, run.Served.Calls);
                Interlocked.Add(ref lines, run.Served.Lines);
            },
            iter: Seeds);
        await Assert.That(deliveries).IsGreaterThan(Seeds);
        await Assert.That(calls).IsGreaterThan(Seeds / 2);
        await Assert.That(lines).IsGreaterThan(Seeds / 25);
    }
}
