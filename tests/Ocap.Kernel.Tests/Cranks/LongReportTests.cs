using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>However many vats do much at once, not all that they report is in memory at once.</summary>
public class LongReportTests : LargeCrankTest
{
    private const int Long = 100_000;

    private static readonly KernelOptions Attentive = InPieces with { LongReport = Long / 2, PieceCharacters = 2 * Long };

    [Test]
    public async Task Who_brings_one_waits_for_room()
    {
        var reports = new LongReports(100);
        IDisposable first = reports.Take(60);
        Task<IDisposable> second = Task.Factory.StartNew(() => reports.Take(50), TaskCreationOptions.LongRunning);
        await Assert.That(await Task.WhenAny(second, Task.Delay(200)) == second).IsFalse();
        first.Dispose();
        first.Dispose();
        await Assert.That(await Task.WhenAny(second, Task.Delay(30_000)) == second).IsTrue();
        await Assert.That(reports.Taken).IsEqualTo(50);
        (await second).Dispose();

        // One that is longer than all the room waits until it is alone, and no longer.
        IDisposable longest = reports.Take(500);
        await Assert.That(reports.Taken).IsEqualTo(500);
        longest.Dispose();
        await Assert.That(reports.Taken).IsEqualTo(0);
    }

    [Test]
    public async Task Its_room_is_given_back_when_it_is_written_down()
    {
        (KernelFixture kernel, Told<Settlement> told) = BeginLong();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsGreaterThan(Long);
        while (kernel.Loop.Core.LongReports.Taken > 0 && !told.IsTold)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        await Assert.That(told.IsTold).IsFalse();
        await Assert.That(kernel.Keys("crank.")).IsNotEmpty();
        kernel.Sync();
        await Assert.That(told.IsTold).IsTrue();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsEqualTo(0);
    }

    [Test]
    public async Task It_is_given_back_when_its_vat_is_ended_before()
    {
        (KernelFixture kernel, Told<Settlement> _) = BeginLong();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsGreaterThan(Long);
        kernel.Terminate("v1");
        kernel.Sync();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsEqualTo(0);
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }

    [Test]
    public async Task One_that_is_committed_at_once_or_comes_too_late_leaves_nothing_taken()
    {
        KernelFixture kernel = Boot(Attentive with { PieceParts = 500 });
        kernel.Launch("a", "b");
        kernel.Send("ko4", "large");
        IVatWorkerClient client = kernel.Worker("v1").Client;
        CrankReport report = LongReport(kernel);
        kernel.Finish("v1", report);
        await Assert.That(kernel.Loop.Core.LargeCranks.Any).IsFalse();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsEqualTo(0);

        client.CrankFinished(Ocap.Kernel.Vats.Wire.ReportFrame.Write(report));
        kernel.Settle();
        await Assert.That(kernel.Loop.Core.LongReports.Taken).IsEqualTo(0);
    }

    private (KernelFixture Kernel, Told<Settlement> Told) BeginLong()
    {
        KernelFixture kernel = Boot(Attentive);
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4", "large");
        kernel.After(Attentive.BatchMilliseconds);
        kernel.Sync();
        kernel.Finish("v1", LongReport(kernel));
        return (kernel, told);
    }

    private static CrankReport LongReport(KernelFixture kernel)
    {
        CrankReport large = Large(kernel);
        return large with { Vatstore = [.. large.Vatstore, new("long", new string('x', Long))] };
    }
}
