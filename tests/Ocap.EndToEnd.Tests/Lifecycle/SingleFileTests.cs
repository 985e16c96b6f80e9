using System.Net;
using System.Net.Sockets;
using System.Text;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

/// <summary>One file, and nothing else: what the daemon needs is inside the executable.</summary>
public sealed class SingleFileTests
{
    private const string Bundle = """{"moduleFormat":"iife","code":"var __vatExports__={buildRootObject(){return harden(Object.create(Object.create(Object.prototype,{[Symbol.for('passStyle')]:{value:'remotable'},[Symbol.toStringTag]:{value:'Alleged: x'}}),{bootstrap:{value:()=>'up',enumerable:true}}))}}","exports":[],"external":[]}""";

    /// <summary>A library loaded into a static executable brings a second C library and overwrites the first one's memory.</summary>
    [Test]
    public async Task The_daemon_loads_no_shared_library_whatever_it_does()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using TestHome home = new();
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Task served = ServeAsync(server);
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        CommandResult launch = await home.RunAsync("daemon", "exec", "launchSubcluster", Config($"http://localhost:{port}/a.bundle"));
        await served;
        await Assert.That(launch.Output).Contains("up");
        await home.RunAsync("daemon", "exec", "launchSubcluster", Config("https://localhost/a.bundle"));
        await home.RunAsync("daemon", "exec", "executeDBQuery", """{"sql":"SELECT count(*) FROM kv"}""");
        string[] libraries = [.. File.ReadLines($"/proc/{home.DaemonPid}/maps").Where(static line => line.Contains(".so", StringComparison.Ordinal))];
        await Assert.That(libraries).IsEmpty();
    }

    private static string Config(string bundleSpec) => """{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"URL"}}}}""".Replace("URL", bundleSpec, StringComparison.Ordinal);

    private static async Task ServeAsync(TcpListener server)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        byte[] request = new byte[4096];
        _ = await stream.ReadAsync(request);
        byte[] body = Encoding.UTF8.GetBytes(Bundle);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body);
    }
}
