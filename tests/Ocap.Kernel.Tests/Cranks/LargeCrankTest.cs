using Ocap.Kernel.Api;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>Tests of a vat that does very much in one crank, in a kernel whose pieces are small.</summary>
public abstract class LargeCrankTest : KernelTest
{
    private protected const int Many = 20;

    private protected static readonly KernelOptions InPieces = new() { PieceParts = 4, Lanes = 4 };

    private protected static string[] Sent => [.. Enumerable.Range(1, Many).Select(static i => $"m{i}")];

    /// <summary>v1 gets a message and does very much.</summary>
    private protected static Told<Settlement> BeginLarge(KernelFixture kernel)
    {
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4", "large");
        kernel.After(InPieces.BatchMilliseconds);
        kernel.Sync();
        kernel.Finish("v1", Large(kernel));
        return told;
    }

    private protected static CrankReport Large(KernelFixture kernel) => new()
    {
        Syscalls =
        [
            .. Sent.SelectMany(static (method, i) => (VatSyscall[])[Ask.Send("o-1", method, $"p+{i + 5}", "o+9"), Ask.Subscribe($"p+{i + 5}")]),
            Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven),
        ],
        Vatstore = [.. Enumerable.Range(1, Many).Select(static i => new KeyValuePair<string, string?>($"k{i}", $"value {i}"))],
    };

    /// <summary>What v2 gets, until nothing is left.</summary>
    private protected static List<string> Receive(KernelFixture kernel)
    {
        var methods = new List<string>();
        kernel.Sync();
        while (kernel.Executes("v2"))
        {
            methods.Add(kernel.Method("v2"));
            kernel.Finish("v2");
            kernel.Sync();
        }

        return methods;
    }

    private protected static int Stored(KernelFixture kernel)
    {
        int rows = 0;
        Ocap.Kernel.Refs.VatId vat = KernelFixture.Vat("v1");
        for (KeyValuePair<string, string>? row = kernel.Loop.Core.State.VatGetNext(vat, ""); row is { } at; row = kernel.Loop.Core.State.VatGetNext(vat, at.Key))
        {
            rows++;
        }

        return rows;
    }
}
