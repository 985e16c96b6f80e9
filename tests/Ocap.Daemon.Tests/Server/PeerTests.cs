using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Daemon.Tests.Server;

/// <summary>Who may connect.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class PeerTests
{
    private const int SetResUid = 117;
    private const long Keep = -1;

    [Test]
    public async Task Another_users_connection_is_closed_before_a_byte_is_parsed()
    {
        Skip.Unless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && Environment.IsPrivilegedProcess, "Needs root on Linux x64.");
        await using var server = new TestServer();
        File.SetUnixFileMode(Path.GetDirectoryName(server.Path)!, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(server.Path, (UnixFileMode)0b110_110_110);
        TestClient? stranger = null;
        var thread = new Thread(() => stranger = ConnectAs(65534, server.Path));
        thread.Start();
        thread.Join();
        using (stranger)
        {
            try
            {
                await stranger!.SendAsync("""{"id":1,"method":"clearState"}""" + "\n");
            }
            catch (SocketException)
            {
                // Closed already.
            }

            await Assert.That(await stranger!.ReadLineAsync()).IsNull();
        }

        await Assert.That(server.Kernel.Asked).IsEmpty();
        await Assert.That(await server.AskAsync("""{"id":1,"method":"clearState"}""")).Contains("\"result\":null");
        await Assert.That(await File.ReadAllTextAsync(server.LogPath)).Contains("[warn] A connection of another user was closed.");
    }

    /// <summary>On Linux credentials belong to the thread, and the raw system call changes those of this one only; the peer's are taken when it connects.</summary>
    private static TestClient ConnectAs(long user, string path)
    {
        SystemCall(SetResUid, Keep, user, Keep);
        try
        {
            return new TestClient(path);
        }
        finally
        {
            SystemCall(SetResUid, Keep, 0, Keep);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long SystemCall(long number, long first, long second, long third);
}
