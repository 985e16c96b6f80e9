using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A daemon of the test's own, one connection to it, and what a test says to it.</summary>
internal sealed class TestKernel : IAsyncDisposable
{
    private RpcClient? _client;

    private TestKernel(TestHome home) => Home = home;

    internal TestHome Home { get; }

    internal RpcClient Client => _client ?? throw new InvalidOperationException("The daemon was stopped.");

    internal string Socket => Home.In("daemon.sock");

    /// <summary>Starts a daemon in a fresh home and launches a subcluster, if vats are given. What fails here leaves no daemon behind.</summary>
    internal static Task<TestKernel> StartAsync(params LaunchedVat[] vats) => StartInAsync(new TestHome(), vats);

    internal static async Task<TestKernel> StartInAsync(TestHome home, params LaunchedVat[] vats)
    {
        TestKernel kernel = new(home);
        try
        {
            await kernel.ResumeAsync();
            if (vats.Length > 0)
                await kernel.LaunchAsync(vats);
            return kernel;
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the daemon again over what the last one left.</summary>
    internal async Task ResumeAsync()
    {
        CommandResult result = await Home.RunAsync("daemon", "start");
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"The daemon did not start: {result.Error}");
        _client = await RpcClient.ConnectAsync(Socket);
    }

    internal async Task RestartAsync()
    {
        await StopAsync();
        await ResumeAsync();
    }

    internal async Task StopAsync()
    {
        await DisconnectAsync();
        CommandResult result = await Home.RunAsync("daemon", "stop");
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"The daemon did not stop: {result.Error}");
    }

    /// <summary><c>kill -9</c>, and waits until the process is gone.</summary>
    internal async Task KillAsync()
    {
        using (Process daemon = Process.GetProcessById(Home.DaemonPid))
        {
            daemon.Kill();
            await daemon.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        await DisconnectAsync();
    }

    internal async Task DisconnectAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync();
        }
    }

    internal Task<RpcReply> CallAsync(string method, string parameters = "[]") => Client.CallAsync(method, parameters);

    internal Task<RpcReply> SendAsync(string kref, string method, string arguments = "") => Client.SendAsync(kref, method, arguments);

    /// <summary>The body of a message's answer, without its leading <c>#</c>.</summary>
    internal async Task<string> AskAsync(string kref, string method, string arguments = "") => (await SendAsync(kref, method, arguments)).Body;

    /// <summary>Launches a subcluster whose first vat is its bootstrap vat.</summary>
    internal async Task<RpcReply> TryLaunchAsync(params LaunchedVat[] vats) => await CallAsync("launchSubcluster", await LaunchParametersAsync(vats));

    internal async Task<LaunchAnswer> LaunchAsync(params LaunchedVat[] vats)
    {
        JsonElement result = (await TryLaunchAsync(vats)).Result;
        return new LaunchAnswer(result.GetProperty("subclusterId").GetString()!, result.GetProperty("rootKref").GetString()!, RpcReply.BodyOf(result.GetProperty("bootstrapResult")));
    }

    internal static async Task<string> LaunchParametersAsync(params LaunchedVat[] vats)
    {
        string[] configs = await Task.WhenAll(vats.Select(vat => vat.ConfigAsync()));
        return $$$"""{"config":{"bootstrap":"{{{vats[0].Name}}}","vats":{ {{{string.Join(',', configs)}}} } } }""";
    }

    /// <summary>The rows of a query, each as the text of its columns.</summary>
    internal async Task<string[]> QueryAsync(string sql)
    {
        RpcReply reply = await CallAsync("executeDBQuery", $$"""{"sql":{{JsonSerializer.Serialize(sql)}}}""");
        return [.. reply.Result.EnumerateArray().Select(row => string.Join('|', row.EnumerateObject().Select(column => column.Value.ToString())))];
    }

    /// <summary>The processes that vats live in.</summary>
    internal async Task<VatHostInfo[]> HostsAsync() =>
        [.. (await CallAsync("getDaemonInfo")).Result.GetProperty("hosts").EnumerateArray().Select(host => new VatHostInfo(host))];

    /// <summary>The ids of the running vats.</summary>
    internal async Task<string[]> VatsAsync() => [.. (await CallAsync("getStatus")).Result.GetProperty("vats").EnumerateArray().Select(vat => vat.GetProperty("id").GetString()!)];

    internal async Task<string[]> SubclustersAsync() =>
        [.. (await CallAsync("getStatus")).Result.GetProperty("subclusters").EnumerateArray().Select(subcluster => subcluster.GetProperty("id").GetString()!)];

    /// <summary>What a vat has written to its console, in order.</summary>
    internal async Task<string[]> ConsoleAsync(string vatName)
    {
        string mark = $" {vatName}] ";
        return [.. (await File.ReadAllLinesAsync(Home.In("daemon.log")))
            .Where(line => line.Contains("] [log] [v", StringComparison.Ordinal) && line.Contains(mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].TrimEnd())];
    }

    /// <summary>Kills the daemon and says what is wrong with the state it left; empty when it is sound.</summary>
    internal async Task<IReadOnlyList<string>> KillAndAuditAsync()
    {
        await KillAsync();
        return LeftState.Of(Home).Problems;
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        await Home.DisposeAsync();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"kernel in {Home.Root}");
}

/// <summary>What a successful launch answered.</summary>
internal sealed record LaunchAnswer(string Subcluster, string Root, string Result);
