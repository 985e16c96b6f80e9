using System.Runtime.Versioning;
using Ocap.Daemon.Log;
using Ocap.Daemon.Outside.Io;
using Ocap.Kernel.Services.Io;

namespace Ocap.Daemon.Tests.Outside.Io;

/// <summary>Clients that come and go as they like, while reads and writes go on.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ChannelStressTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-io-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task Lines_come_in_order_and_once_and_everything_is_answered(int seed)
    {
        string path = Path.Combine(_folder.FullName, "s");
        using var log = new DaemonLog(Path.Combine(_folder.FullName, "daemon.log"), TimeProvider.System, opened: static _ => { });
        using var channels = new SocketChannels(log, ChannelLimits.Default);
        IIoChannel channel = channels.Open("c", $$"""{"type":"socket","path":"{{path}}"}""").Channel!;
        var caller = new Caller(channel);
        bool isOver = false;
        var lines = new List<string>();
        Task reader = Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!Volatile.Read(ref isOver))
            {
                bool isReceived = random.Next(4) > 0;
                string line = await Caller.EndAsync(caller.BeginRead(isReceived));
                if (isReceived && line != "null")
                {
                    lines.Add(line.Trim('"'));
                }
            }
        });
        int writes = 0;
        Task writer = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                await caller.WriteAsync($"answer {writes++}");
            }
        });

        await ClientsAsync(path, new Random(seed));
        Volatile.Write(ref isOver, true);
        channel.Close();
        await Task.WhenAll(reader, writer).WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.That(lines.Distinct().Count()).IsEqualTo(lines.Count);
        await Assert.That(lines.Count).IsGreaterThan(50);
        foreach (IGrouping<string, int> client in lines.GroupBy(static line => line.Split(' ')[0], static line => int.Parse(line.Split(' ')[1])))
        {
            await Assert.That(client.SequenceEqual(client.Order())).IsTrue();
        }
    }

    private static async Task ClientsAsync(string path, Random random)
    {
        for (int number = 0; number < 60; number++)
        {
            using var client = new ChannelClientSocket(path);
            int count = random.Next(20);
            try
            {
                for (int line = 0; line < count; line++)
                {
                    await client.SendAsync($"client{number} {line}\n");
                }

                switch (random.Next(3))
                {
                    case 0:
                        client.EndInput();
                        while (await client.LineAsync() is not null)
                        {
                        }

                        break;
                    case 1:
                        await Task.Delay(random.Next(5));
                        break;
                }
            }
            catch (IOException)
            {
                // Turned away: the one before is still there.
            }
        }
    }
}
