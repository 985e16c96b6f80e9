using System.Globalization;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>What a crank asks for comes out the same whether it is committed at once or in pieces, legal or not: what is found legal beforehand is so half way too.</summary>
public sealed class SyscallCheckTests : KernelTest
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("OCAP_MODEL_SEEDS") ?? "60", CultureInfo.InvariantCulture);

    private static readonly string[] Objects = ["o-1", "o-2", "o-3", "o-4", "o+0", "o+5", "o+6", "o+7", "o+8"];
    private static readonly string[] Promises = ["p-1", "p-2", "p-3", "p-4", "p+5", "p+6", "p+7", "p+8"];

    [Test]
    public async Task In_pieces_or_at_once_the_outcome_is_the_same()
    {
        int legal = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            // Legal up to the last, and that as it comes.
            List<VatSyscall> syscalls = [];
            VatSyscall[] candidates = Syscalls(new Random(seed));
            foreach (VatSyscall candidate in candidates)
            {
                if (!AbandonsTarget(syscalls, candidate) && !Outcome(new KernelOptions(), [.. syscalls, candidate], seed).Contains("ILLEGAL_SYSCALL", StringComparison.Ordinal))
                {
                    syscalls.Add(candidate);
                }
            }

            if (!AbandonsTarget(syscalls, candidates[^1]))
            {
                syscalls.Add(candidates[^1]);
            }

            string atOnce = Outcome(new KernelOptions(), syscalls, seed);
            string inPieces = Outcome(new KernelOptions { PieceParts = 3 }, syscalls, seed);
            await Assert.That(inPieces).IsEqualTo(atOnce).Because(string.Join(" | ", syscalls.Select(Describe)));
            legal += atOnce.Contains("ILLEGAL_SYSCALL", StringComparison.Ordinal) ? 0 : 1;
        }

        await Assert.That(legal).IsBetween(Seeds / 4, Seeds * 3 / 4);
    }

    /// <summary>What has been sent to it is rejected then, at once or when its turn comes: that is not the same state.</summary>
    private static bool AbandonsTarget(List<VatSyscall> before, VatSyscall syscall) => syscall is SyscallGc { Kind: GcSyscallKind.AbandonExports } gc
        && before.Exists(one => one is SyscallSend send && (send.Target[0] == 'p' || gc.VRefs.Contains(send.Target)));

    private static string Describe(VatSyscall syscall) => syscall switch
    {
        SyscallSend send => $"send {send.Target} [{string.Join(' ', send.Methargs.Slots)}] {send.Result}",
        SyscallSubscribe subscribe => $"subscribe {subscribe.Promise}",
        SyscallResolve resolve => "resolve " + string.Join(", ", resolve.Settlements.Select(static one => $"{one.Promise}:=[{string.Join(' ', one.Value.Slots)}]")),
        SyscallGc gc => $"{gc.Kind} {string.Join(' ', gc.VRefs)}",
        _ => syscall.ToString()!,
    };

    /// <summary>A few that make sense, more often than not.</summary>
    private static VatSyscall[] Syscalls(Random random)
    {
        string Any(string[] of) => of[random.Next(of.Length)];
        string[] Slots() => [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(3) == 0 ? Any(Promises) : Any(Objects))];

        // Most of what is said is about what is there.
        string[] likely = ["o-1", "o-2", "o+0", "o+5", "o+7"];
        string Object() => random.Next(4) == 0 ? Any(Objects) : Any(likely);
        return [.. Enumerable.Range(0, random.Next(12, 24)).Select(_ => (VatSyscall)(random.Next(12) switch
        {
            < 4 => Ask.Send(random.Next(4) == 0 ? Any(Promises) : Object(), "m", random.Next(2) == 0 ? null : Any(["p+7", "p+8", "p+9", "p+10", "p-1"]), [Object(), .. random.Next(2) == 0 ? Slots() : []]),
            < 6 => Ask.Subscribe(Any(Promises)),
            < 8 => new SyscallResolve([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new PromiseSettlement(Any(["p-1", "p+6", "p+7", "p+8", "p+9"]), random.Next(3) == 0, Ask.Data("#[]", Slots())))]),
            8 => Ask.Gc(GcSyscallKind.DropImports, Any(["o-1", "o-2", "o-3", "o-4"])),
            9 => Ask.Gc(GcSyscallKind.RetireImports, Any(["o-1", "o-2", "o-3", "o-3"])),
            10 => Ask.Gc(GcSyscallKind.RetireExports, Any(["o+5", "o+6", "o+6", "o+7", "o+9", "o+9"])),
            _ => random.Next(8) == 0 ? Ask.Exit() : random.Next(8) == 0 ? Ask.Fail() : Ask.Gc(GcSyscallKind.AbandonExports, Any(Objects)),
        }))];
    }

    /// <summary>v1 does that while v2 is busy.</summary>
    private static string Outcome(KernelOptions options, IReadOnlyList<VatSyscall> syscalls, int seed)
    {
        var kernel = new KernelFixture(options);
        kernel.Launch("a", "b");

        // No crank of these is large.
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+5", "o+6", "o+9"));
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+6", "o+0"));
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, "o-2", "o-3"), Ask.Gc(GcSyscallKind.RetireImports, "o-3"));
        kernel.Finish("v2", Ask.Send("o-4", "give", null, "o+11", "o+12", "p+20"));
        while (kernel.Executes("v1"))
        {
            kernel.Finish("v1", kernel.Worker("v1").Delivery is DeliverMessage ? [Ask.Gc(GcSyscallKind.DropImports, "o-3")] : []);
        }

        kernel.Send("ko5", "busy");
        kernel.Send("ko4", "test");

        // While it executes, two of its exports lose their last importer: one of them for good.
        kernel.Finish("v2", (seed % 2) == 0 ? [] : [Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1")]);
        kernel.Send("ko5", "busy");
        HeldWorker worker = kernel.Worker("v1");
        string result = ((DeliverMessage)worker.Delivery!).Result!;
        worker.Finish(new CrankReport { Syscalls = [.. syscalls.Select(one => Named(one, result))], Vatstore = [new("k", "v")] });
        kernel.Settle();
        string problems = string.Join("; ", kernel.Problems());
        return string.Join('\n', [
            problems,
            .. kernel.Powers.Errors,
            .. kernel.Powers.Lines.Where(static line => line.Contains("ended:", StringComparison.Ordinal)).Select(static line => line.Contains("ILLEGAL_SYSCALL", StringComparison.Ordinal) ? "ILLEGAL_SYSCALL" : line),
            .. kernel.Keys("vatConfig."),
            .. Rows(kernel, "v1.c."),
            .. Rows(kernel, "v2.c."),
            .. Rows(kernel, "ko"),
            .. kernel.Loop.Core.State.Scan("kp").Where(static row => row.Key.EndsWith(".state", StringComparison.Ordinal)).Select(static row => $"{row.Key} = {row.Value}").Order(StringComparer.Ordinal),
            $"{kernel.Loop.Core.State.Scan("queue.").Count(static row => row.Value.StartsWith('{'))} messages",
            kernel.Loop.Core.State.VatGet(KernelFixture.Vat("v1"), "k") ?? ""]);
    }

    private static IEnumerable<string> Rows(KernelFixture kernel, string prefix) =>
        kernel.Loop.Core.State.Scan(prefix).Select(static row => $"{row.Key} = {row.Value}").Order(StringComparer.Ordinal);

    /// <summary>The result of the message that it answers stands as <c>p-1</c>.</summary>
    private static VatSyscall Named(VatSyscall syscall, string result)
    {
        string Name(string vref) => vref == "p-1" ? result : vref;
        CapData Data(CapData value) => value with { Slots = [.. value.Slots.Select(Name)] };
        return syscall switch
        {
            SyscallSend send => send with { Target = Name(send.Target), Methargs = Data(send.Methargs), Result = send.Result is { } own ? Name(own) : null },
            SyscallSubscribe subscribe => subscribe with { Promise = Name(subscribe.Promise) },
            SyscallResolve resolve => new SyscallResolve([.. resolve.Settlements.Select(one => one with { Promise = Name(one.Promise), Value = Data(one.Value) })]),
            _ => syscall,
        };
    }
}
