using System.Diagnostics;
using System.Text.Json;

namespace Ocap.Daemon.Tests.Outside.Tls;

/// <summary>https servers of Node, one for each certificate, and what Node's own client makes of each.</summary>
internal sealed class NodeServers : IDisposable
{
    private readonly Process _node;

    private NodeServers(Process node) => _node = node;

    internal IReadOnlyDictionary<string, NodeServer> Servers { get; private set; } = new Dictionary<string, NodeServer>();

    internal NodeServer this[string name] => Servers[name];

    /// <param name="trusted">In PEM, what Node's client trusts.</param>
    /// <param name="servers">Name, the host that is asked for, and the rest of Node's options.</param>
    internal static async Task<NodeServers> StartAsync(string trusted, params NodeServer[] servers)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Outside", "Tls", "https-servers.cjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var running = new NodeServers(Process.Start(start)!);
        await running._node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { trusted, servers }));
        string answer = await running._node.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("Node gave up");
        running.Servers = JsonSerializer.Deserialize<NodeServer[]>(answer)!.ToDictionary(static server => server.Name);
        return running;
    }

    /// <summary>It ends with its input.</summary>
    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(10_000))
        {
            _node.Kill();
        }

        _node.Dispose();
    }
}

/// <summary>One of them.</summary>
/// <param name="Verdict">Node's error code for it, or "accepted".</param>
internal sealed record NodeServer(string Name, string Host, string Key, string Cert, string? MinVersion = null, string? MaxVersion = null, int Port = 0, string Verdict = "")
{
    internal static NodeServer Of(string name, string host, TestCertificate certificate) => new(name, host, certificate.KeyPem, certificate.ChainPem);

    internal string Url(string path) => $"https://{Host}:{Port}/{path}";
}
