using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Limits;

/// <summary>What clients can make the daemon itself hold: a bounded amount while they work, and next to nothing when they are done.</summary>
public sealed class DaemonMemoryTests
{
    private const long AtRest = 60;
    private const long AtMost = 450;
    private const string Vat = """
        import { Far } from '@endo/far';
        export const buildRootObject = () => Far('root', { bootstrap: () => 1, echo: text => text, make: length => 'z'.repeat(length) });
        """;

    [Test]
    public async Task A_daemon_that_has_come_to_rest_after_a_burst_is_small_again()
    {
        await using TestHome home = new();
        await LaunchAsync(home);
        using Socket client = await ConnectAsync(home);
        string line = $$"""{"id":1,"method":"queueMessage","params":["ko4","echo",["{{new string('x', 500_000)}}"]]}""" + "\n";
        const int count = 150;
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < count; i++)
                await SendAsync(client, line);
        });
        byte[] buffer = new byte[1 << 20];
        for (int answers = 0; answers < count;)
        {
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
            int received = await client.ReceiveAsync(buffer, SocketFlags.None, late.Token);
            await Assert.That(received).IsGreaterThan(0);
            answers += buffer.AsSpan(0, received).Count((byte)'\n');
        }
        await sending;
        await Assert.That(ResidentMiB(home, "VmHWM")).IsLessThan(AtMost);
        long start = Stopwatch.GetTimestamp();
        while (ResidentMiB(home, "VmRSS") > AtRest && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
            await Task.Delay(200);
        await Assert.That(ResidentMiB(home, "VmRSS")).IsLessThanOrEqualTo(AtRest);
    }

    [Test]
    [Arguments("echo", 500_000, 600)]
    [Arguments("make", 0, 1000)]
    public async Task A_client_that_never_reads_its_answers_costs_the_daemon_no_more_than_a_bound(string method, int length, int count)
    {
        await using TestHome home = new();
        await LaunchAsync(home);
        using Socket client = await ConnectAsync(home);
        string argument = length > 0 ? $"\"{new string('x', length)}\"" : "500000";
        string line = $$"""{"id":1,"method":"queueMessage","params":["ko4","{{method}}",[{{argument}}]]}""" + "\n";
        try
        {
            for (int i = 0; i < count; i++)
                await SendAsync(client, line);
        }
        catch (OperationCanceledException)
        {
            // It is not read from any more.
        }
        // Another is served all the same, and what was taken on has been worked off when the CPU time stands still.
        await Assert.That((await home.RunAsync("daemon", "status")).ExitCode).IsEqualTo(0);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Assert.That(ResidentMiB(home, "VmHWM")).IsLessThan(AtMost);
        await Assert.That((await home.RunAsync("daemon", "queueMessage", "ko4", "echo", "[1]")).Output).IsEqualTo("1\n");
    }

    private static async Task LaunchAsync(TestHome home)
    {
        string bundle = await VatBundles.WriteAsync(home.Root, "echo", Vat);
        CommandResult launched = await home.RunAsync("daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{bundle}}}"} } } }""");
        await Assert.That(launched.ExitCode).IsEqualTo(0).Because(launched.Error);
    }

    private static async Task<Socket> ConnectAsync(TestHome home)
    {
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(home.In("daemon.sock")));
        return client;
    }

    /// <exception cref="OperationCanceledException">The daemon has read nothing for a while.</exception>
    private static async Task SendAsync(Socket client, string line)
    {
        for (ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(line); !bytes.IsEmpty;)
        {
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(5));
            bytes = bytes[await client.SendAsync(bytes, SocketFlags.None, late.Token)..];
        }
    }

    private static long ResidentMiB(TestHome home, string field)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{home.DaemonPid}/status")).First(line => line.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line[(field.Length + 1)..^2].Trim(), CultureInfo.InvariantCulture) >> 10;
    }
}
