using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

/// <summary><c>ocap daemon redeem-url</c> (spec/cli.md §4, spec/peer-tests.md 18).</summary>
public sealed class RedeemUrlTests
{
    [Test]
    public async Task The_url_is_sent_and_the_kref_printed_as_a_JSON_string()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"ko4\"}\n");
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, "daemon", "redeem-url", "ocap:zAb@12D3");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "\"ko4\"\n", ""));
        await Assert.That(await seen).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"redeemOcapURL","params":{"url":"ocap:zAb@12D3"}}""");
    }

    [Test]
    public async Task A_url_by_standard_input_is_in_no_process_list()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"ko4\"}\n");
        CommandResult result = await home.ShellAsync($"echo 'ocap:zAb@12D3' | OCAP_SOCKET_PATH='{daemon.Path}' \"$OCAP\" daemon redeem-url -");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "\"ko4\"\n", ""));
        await Assert.That(await seen).Contains("""{"url":"ocap:zAb@12D3"}""");
    }

    [Test]
    public async Task What_cannot_be_redeemed_is_an_error()
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "redeem-url", "http://nowhere/");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Output).IsEqualTo("");
        await Assert.That(result.Error).EndsWith("Error: not an ocap URL (code -32603)\n");
    }
}
