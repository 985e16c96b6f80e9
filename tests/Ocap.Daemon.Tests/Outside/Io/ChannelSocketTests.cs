using System.Runtime.Versioning;
using System.Net.Sockets;
using Ocap.Daemon.Log;
using Ocap.Daemon.Outside.Io;
using Ocap.Kernel.Services.Io;

namespace Ocap.Daemon.Tests.Outside.Io;

/// <summary>A channel's file: whose it is, and what is never done to what is not.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ChannelSocketTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-io-");
    private readonly DaemonLog _log;
    private readonly SocketChannels _channels;

    public ChannelSocketTests()
    {
        _log = new DaemonLog(Path.Combine(_folder.FullName, "daemon.log"), TimeProvider.System, opened: static _ => { });
        _channels = new SocketChannels(_log, ChannelLimits.Default);
    }

    private string SocketPath => Path.Combine(_folder.FullName, "s");

    public void Dispose()
    {
        _channels.Dispose();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    [Arguments("console", "")]
    [Arguments("listen", ",\"hostport\":\"localhost:1\"")]
    [Arguments("network", ",\"hostport\":\"localhost:1\"")]
    [Arguments("file", ",\"path\":\"/tmp/x\"")]
    public async Task Other_types_are_refused(string type, string more) =>
        await Assert.That(_channels.Open("c", $$"""{"type":"{{type}}"{{more}}}""").Failure).IsEqualTo($"Unsupported IO channel type \"{type}\" for channel \"c\"");

    [Test]
    public async Task Only_its_owner_can_open_it()
    {
        Open(SocketPath);
        await Assert.That(File.GetUnixFileMode(SocketPath)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task A_relative_path_one_that_is_too_long_and_one_in_no_directory_are_refused_with_a_sentence()
    {
        await Assert.That(Open("relative.sock").Failure).IsEqualTo("IO channel \"c\" cannot be opened: its path must be absolute, and \"relative.sock\" is not.");
        await Assert.That(Open("").Failure).Contains("its path must be absolute");
        await Assert.That(Open(Path.Combine(_folder.FullName, new string('x', 100))).Failure).Contains("longer than the 103 bytes");
        await Assert.That(Open(Path.Combine(_folder.FullName, "no", "s")).Failure).Contains("there is no directory for");
        await Assert.That(Open("/\\u0000x").Failure).Contains("U+0000");
    }

    [Test]
    public async Task A_socket_that_nobody_listens_on_is_replaced()
    {
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(SocketPath + "2"));
            File.Move(SocketPath + "2", SocketPath);
        }

        await Assert.That(File.Exists(SocketPath)).IsTrue();
        await Assert.That(Open(SocketPath).Failure).IsNull();
        using var client = new ChannelClientSocket(SocketPath);
    }

    [Test]
    public async Task A_socket_that_somebody_listens_on_stays_theirs()
    {
        IoOpening first = Open(SocketPath);
        await Assert.That(Open(SocketPath).Failure).IsEqualTo($"IO channel \"c\" cannot be opened: somebody listens on {SocketPath}. Choose another path.");
        using var client = new ChannelClientSocket(SocketPath);
        await client.SendAsync("still here\n");
        await Assert.That(await new Caller(first.Channel!).ReadAsync()).IsEqualTo("\"still here\"");
    }

    [Test]
    [Arguments("file")]
    [Arguments("directory")]
    [Arguments("link")]
    public async Task What_is_no_socket_is_never_touched(string what)
    {
        switch (what)
        {
            case "file":
                await File.WriteAllTextAsync(SocketPath, "precious");
                break;
            case "directory":
                Directory.CreateDirectory(SocketPath);
                break;
            default:
                await File.WriteAllTextAsync(SocketPath + ".target", "precious");
                File.CreateSymbolicLink(SocketPath, SocketPath + ".target");
                break;
        }

        await Assert.That(Open(SocketPath).Failure).Contains("is not a socket, so it is not removed");
        await Assert.That(what == "directory" ? "precious" : await File.ReadAllTextAsync(SocketPath)).IsEqualTo("precious");
    }

    [Test]
    public async Task A_file_put_in_its_place_meanwhile_is_not_removed_when_it_closes()
    {
        IoOpening opening = Open(SocketPath);
        File.Delete(SocketPath);
        await File.WriteAllTextAsync(SocketPath, "precious");
        opening.Channel!.Close();
        await Assert.That(await File.ReadAllTextAsync(SocketPath)).IsEqualTo("precious");
    }

    [Test]
    public async Task A_path_can_be_used_again_at_once_when_its_channel_is_closed()
    {
        for (int round = 0; round < 20; round++)
        {
            IoOpening opening = Open(SocketPath);
            await Assert.That(opening.Failure).IsNull();
            using var client = new ChannelClientSocket(SocketPath);
            opening.Channel!.Close();
        }
    }

    private IoOpening Open(string path) => _channels.Open("c", $$"""{"type":"socket","path":"{{path}}"}""");
}
