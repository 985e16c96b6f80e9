using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Log;
using Ocap.Daemon.Outside.Io;
using Ocap.Kernel.Services.Io;

namespace Ocap.Daemon.Tests.Outside.Io;

/// <summary>Lines through a channel's socket (spec/cluster-config.md §3, case 80 of the reference).</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SocketChannelTests : IDisposable
{
    private static readonly ChannelLimits Small = new() { LineBytes = 1_000, UnreadBytes = 10_000, UnsentBytes = 100_000, WaitingReads = 3 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-io-");
    private readonly DaemonLog _log;
    private readonly SocketChannels _channels;
    private readonly IIoChannel _channel;
    private readonly Caller _caller;

    public SocketChannelTests()
    {
        _log = new DaemonLog(Path.Combine(_folder.FullName, "daemon.log"), TimeProvider.System, opened: static _ => { });
        _channels = new SocketChannels(_log, Small);
        _channel = _channels.Open("repl", $$"""{"type":"socket","path":"{{SocketPath}}"}""").Channel!;
        _caller = new Caller(_channel);
    }

    private string SocketPath => Path.Combine(_folder.FullName, "s");

    public void Dispose()
    {
        _channels.Dispose();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_line_of_the_client_reaches_a_read_and_a_write_reaches_the_client()
    {
        using var client = new ChannelClientSocket(SocketPath);
        await client.SendAsync("hello\nand\r\n\n#more\n");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"hello\"");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"and\\r\"");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"\"");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"!#more\"");
        await Assert.That(await _caller.WriteAsync("answer")).IsEqualTo("\"#undefined\"");
        await Assert.That(await client.LineAsync()).IsEqualTo("answer");
    }

    [Test]
    public async Task A_character_cut_in_two_arrives_whole_and_what_is_no_UTF8_is_replaced()
    {
        using var client = new ChannelClientSocket(SocketPath);
        byte[] bytes = Encoding.UTF8.GetBytes("grün 😀\n");
        Task<string> read = _caller.BeginRead();
        foreach (byte b in bytes)
        {
            await client.SendAsync([b]);
            await Task.Delay(1);
        }

        await Assert.That(await Caller.EndAsync(read)).IsEqualTo("\"grün 😀\"");
        await client.SendAsync([0xC3, (byte)'\n']);
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"\uFFFD\"");
    }

    [Test]
    public async Task A_second_client_is_turned_away_and_the_first_goes_on()
    {
        using var first = new ChannelClientSocket(SocketPath);
        await first.SendAsync("one\n");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"one\"");
        using (var second = new ChannelClientSocket(SocketPath))
        {
            await Assert.That(await second.LineAsync()).IsNull();
        }

        await first.SendAsync("two\n");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"two\"");
    }

    [Test]
    public async Task A_read_without_a_client_waits_until_one_sends()
    {
        Task<string> read = _caller.BeginRead();
        await Task.Delay(20);
        await Assert.That(read.IsCompleted).IsFalse();
        using var client = new ChannelClientSocket(SocketPath);
        await Task.Delay(20);
        await Assert.That(read.IsCompleted).IsFalse();
        await client.SendAsync("there\n");
        await Assert.That(await Caller.EndAsync(read)).IsEqualTo("\"there\"");
    }

    [Test]
    public async Task Reads_are_answered_in_order()
    {
        Task<string>[] reads = [_caller.BeginRead(), _caller.BeginRead(), _caller.BeginRead()];
        using var client = new ChannelClientSocket(SocketPath);
        await client.SendAsync("1\n2\n3\n");
        string[] lines = [await Caller.EndAsync(reads[0]), await Caller.EndAsync(reads[1]), await Caller.EndAsync(reads[2])];
        await Assert.That(string.Join(' ', lines)).IsEqualTo("\"1\" \"2\" \"3\"");
    }

    [Test]
    public async Task When_a_client_leaves_its_last_piece_is_a_line_and_reads_that_still_wait_are_told_null()
    {
        Task<string>[] reads = [_caller.BeginRead(), _caller.BeginRead(), _caller.BeginRead()];
        using (var client = new ChannelClientSocket(SocketPath))
        {
            await client.SendAsync("whole\npart");
        }

        await Assert.That(await Caller.EndAsync(reads[0])).IsEqualTo("\"whole\"");
        await Assert.That(await Caller.EndAsync(reads[1])).IsEqualTo("\"part\"");
        await Assert.That(await Caller.EndAsync(reads[2])).IsEqualTo("null");

        // A read after that waits for the next client.
        Task<string> later = _caller.BeginRead();
        using var next = new ChannelClientSocket(SocketPath);
        await next.SendAsync("next\n");
        await Assert.That(await Caller.EndAsync(later)).IsEqualTo("\"next\"");
    }

    [Test]
    public async Task What_a_client_left_unread_is_there_until_the_next_client_comes()
    {
        using (var client = new ChannelClientSocket(SocketPath))
        {
            await client.SendAsync("1\n2\n3\n");
            await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"1\"");
        }

        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"2\"");
        using var next = new ChannelClientSocket(SocketPath);
        await next.SendAsync("new\n");
        await Until(async () => await _caller.WriteAsync("hi") == "\"#undefined\"");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"new\"");
    }

    [Test]
    public async Task A_client_that_has_said_all_it_will_is_answered_before_it_is_let_go()
    {
        using var client = new ChannelClientSocket(SocketPath);
        await client.SendAsync("question\n");
        client.EndInput();
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"question\"");
        await Assert.That(await _caller.WriteAsync("answer")).IsEqualTo("\"#undefined\"");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("null");
        await Assert.That(await client.LineAsync()).IsEqualTo("answer");
        await Assert.That(await client.LineAsync()).IsNull();
        await Assert.That(await _caller.WriteAsync("late")).IsEqualTo("!IO channel \"repl\" has no connected client");
    }

    [Test]
    public async Task A_line_that_nobody_received_is_given_to_the_next_read_in_order()
    {
        using var client = new ChannelClientSocket(SocketPath);
        Task<string> abandoned = _caller.BeginRead(isReceived: false);
        Task<string> second = _caller.BeginRead();
        Task<string> third = _caller.BeginRead();
        await client.SendAsync("1\n2\n");
        await Caller.EndAsync(abandoned);
        await Assert.That(await Caller.EndAsync(second)).IsEqualTo("\"1\"");
        await Assert.That(await Caller.EndAsync(third)).IsEqualTo("\"2\"");
    }

    [Test]
    public async Task Writing_without_a_client_is_an_error()
    {
        await Assert.That(await _caller.WriteAsync("x")).IsEqualTo("!IO channel \"repl\" has no connected client");
        using (var client = new ChannelClientSocket(SocketPath))
        {
            await Until(async () => await _caller.WriteAsync("x") == "\"#undefined\"");
        }

        await Until(async () => await _caller.WriteAsync("x") == "!IO channel \"repl\" has no connected client");
    }

    [Test]
    public async Task After_close_reads_are_null_and_writes_an_error_and_the_file_is_gone()
    {
        using var client = new ChannelClientSocket(SocketPath);
        Task<string> waiting = _caller.BeginRead();
        _channel.Close();
        await Assert.That(await Caller.EndAsync(waiting)).IsEqualTo("null");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo("null");
        await Assert.That(await _caller.WriteAsync("x")).IsEqualTo("!IO channel \"repl\" is closed");
        await Assert.That(File.Exists(SocketPath)).IsFalse();
        await Assert.That(await client.LineAsync()).IsNull();
    }

    [Test]
    public async Task A_client_that_sends_without_end_is_held_back_while_nobody_reads_and_loses_nothing()
    {
        using var client = new ChannelClientSocket(SocketPath);
        long sent = await client.SendUntilRefusedAsync(50_000_000);

        // What the channel keeps, and what the system keeps between the two.
        await Assert.That(sent).IsLessThan(2_000_000);
        long read = 0;
        string line = $"\"{new string('x', 99)}\"";
        for (; read + 100 <= sent; read += 100)
        {
            if (await _caller.ReadAsync() != line)
            {
                break;
            }
        }

        await Assert.That(read).IsEqualTo(sent / 100 * 100);
    }

    [Test]
    public async Task Empty_lines_without_end_are_held_back_too()
    {
        using var client = new ChannelClientSocket(SocketPath);
        byte[] empty = Enumerable.Repeat((byte)'\n', 10_000).ToArray();
        Task flood = Task.Run(async () =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                await client.SendAsync(empty);
            }
        });
        await Task.Delay(300);
        await Assert.That(flood.IsCompletedSuccessfully).IsFalse();
        _channel.Close();
        await Assert.That(async () => await flood).ThrowsException();
    }

    [Test]
    public async Task One_endless_line_ends_its_client_and_is_an_error_for_a_read()
    {
        using (var client = new ChannelClientSocket(SocketPath))
        {
            await client.SendAsync("fine\n" + new string('y', 900));
            await Assert.That(await _caller.ReadAsync()).IsEqualTo("\"fine\"");
            Task<string> waits = _caller.BeginRead();
            Task<string> alsoWaits = _caller.BeginRead();
            await client.SendAsync(new string('y', 200));
            await Assert.That(await Caller.EndAsync(waits)).IsEqualTo("!IO channel \"repl\" was sent a line of more than 1000 bytes; its client was disconnected");
            await Assert.That(await Caller.EndAsync(alsoWaits)).IsEqualTo("null");
            await Assert.That(await client.LineAsync()).IsNull();
        }

        using var next = new ChannelClientSocket(SocketPath);
        await next.SendAsync(new string('z', 1_000) + "\n");
        await Assert.That(await _caller.ReadAsync()).IsEqualTo($"\"{new string('z', 1_000)}\"");
    }

    [Test]
    public async Task A_vat_that_writes_without_end_to_a_client_that_does_not_read_gets_an_error_and_the_client_the_rest()
    {
        using var client = new ChannelClientSocket(SocketPath);
        await Until(async () => await _caller.WriteAsync("first") == "\"#undefined\"");
        string line = new('w', 999);
        string? error = null;
        int begun = 0;
        for (; error is null && begun < 5_000; begun++)
        {
            Task<string> write = _caller.BeginWrite(line);
            error = write.IsCompleted && (await write).StartsWith('!') ? await write : null;
        }

        await Assert.That(error).Contains("bytes that its client has not taken, and takes 100000 at most");
        while (await client.LineAsync() != "first")
        {
        }

        for (int i = 0; i < begun - 1; i++)
        {
            await Assert.That(await client.LineAsync()).IsEqualTo(line);
        }

        await Assert.That(await _caller.WriteAsync("again")).IsEqualTo("\"#undefined\"");
    }

    [Test]
    public async Task A_line_that_is_too_long_is_not_written()
    {
        using var client = new ChannelClientSocket(SocketPath);
        await Until(async () => await _caller.WriteAsync("x") == "\"#undefined\"");
        await Assert.That(await _caller.WriteAsync(new string('x', 1_001))).IsEqualTo("!IO channel \"repl\" writes lines of 1000 bytes at most");
    }

    [Test]
    public async Task So_many_reads_may_wait_and_then_the_oldest_is_rejected()
    {
        Task<string>[] reads = [_caller.BeginRead(), _caller.BeginRead(), _caller.BeginRead(), _caller.BeginRead()];
        await Assert.That(await Caller.EndAsync(reads[0])).Contains("has more than 3 reads that wait for lines");
        using var client = new ChannelClientSocket(SocketPath);
        await client.SendAsync("1\n");
        await Assert.That(await Caller.EndAsync(reads[1])).IsEqualTo("\"1\"");
        await Assert.That(reads[2].IsCompleted || reads[3].IsCompleted).IsFalse();
    }

    [Test]
    public async Task A_client_that_hung_up_while_it_was_held_back_makes_room_for_the_next()
    {
        var flooding = new ChannelClientSocket(SocketPath);
        await flooding.SendUntilRefusedAsync(50_000_000);
        flooding.Dispose();
        await Until(async () =>
        {
            using var next = new ChannelClientSocket(SocketPath);
            await next.SendAsync("mine\n");
            return await _caller.ReadAsync() == "\"mine\"";
        });
    }

    private static async Task Until(Func<Task<bool>> isTrue)
    {
        for (int tries = 0; !await isTrue(); tries++)
        {
            if (tries > 200)
            {
                throw new TimeoutException("it does not come true");
            }

            await Task.Delay(10);
        }
    }
}
