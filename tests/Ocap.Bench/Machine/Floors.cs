using System.Diagnostics;
using System.Net.Sockets;

namespace Ocap.Bench.Machine;

/// <summary>What the machine itself takes for the least of what is measured: nothing can be faster.</summary>
internal static class Floors
{
    /// <summary>Milliseconds of one append of 4 KiB with fsync, in <paramref name="folder"/>; the mean of 20.</summary>
    internal static double Fsync(string folder)
    {
        const int Times = 20;
        using FileStream file = new(Path.Combine(folder, "fsync"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        byte[] page = new byte[4096];
        file.Write(page);
        file.Flush(flushToDisk: true);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Times; i++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Times;
    }

    /// <summary>Round trips per second of one byte on a Unix socket, between two threads that do nothing else.</summary>
    internal static double RoundTrips(string folder)
    {
        const int Times = 5000;
        string path = Path.Combine(folder, "echo.sock");
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        using Socket server = listener.Accept();
        Thread echo = new(() => Echo(server));
        echo.Start();
        byte[] one = new byte[1];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Times; i++)
        {
            client.Send(one);
            client.Receive(one);
        }

        double rate = Times / Stopwatch.GetElapsedTime(start).TotalSeconds;
        client.Shutdown(SocketShutdown.Both);
        echo.Join();
        File.Delete(path);
        return rate;
    }

    private static void Echo(Socket server)
    {
        byte[] one = new byte[1];
        while (server.Receive(one) > 0)
        {
            server.Send(one);
        }
    }
}
