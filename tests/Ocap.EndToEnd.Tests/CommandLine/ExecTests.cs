using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

public sealed class ExecTests
{
    private const string Hint = """The shell takes quotes away: put the whole of it between single ones, as in '{"id":"v1"}', or give a file: @params.json""" + "\n";
    private const string Started = "Starting daemon...\nDaemon ready.\n";

    [Test]
    public async Task Exec_starts_the_daemon_and_prints_its_status()
    {
        await using TestHome home = new();
        CommandResult first = await home.RunAsync("daemon", "exec");
        await Assert.That(first.Error).IsEqualTo(Started);
        await Assert.That(first.ExitCode).IsEqualTo(0);
        await Assert.That(first.Output).StartsWith("""{"vats":[],"subclusters":[],"remoteComms":{""");
        await Assert.That(first.Output.IndexOf('\n', StringComparison.Ordinal)).IsEqualTo(first.Output.Length - 1);

        CommandResult second = await home.RunAsync("daemon", "exec", "getStatus", "[]");
        await Assert.That(second).IsEqualTo(new CommandResult(0, first.Output, ""));
    }

    [Test]
    public async Task An_error_of_the_daemon_is_shown_with_its_code_and_nothing_on_standard_output()
    {
        await using TestHome home = new();
        CommandResult unknown = await home.RunAsync("daemon", "exec", "noSuchMethod");
        await Assert.That(unknown).IsEqualTo(new CommandResult(1, "", Started + "Error: The method does not exist / is not available. (code -32601)\nThe methods are: getStatus, getDaemonInfo, launchSubcluster, terminateSubcluster, pingVat, restartVat, terminateVat, terminateAllVats, queueMessage, executeDBQuery, collectGarbage, clearState, revoke, isRevoked, shutdown\n"));
        CommandResult mistyped = await home.RunAsync("daemon", "exec", "getstatsu");
        await Assert.That(mistyped).IsEqualTo(new CommandResult(1, "", "Error: The method does not exist / is not available. (code -32601)\nDid you mean: ocap daemon exec getStatus\n"));
        CommandResult wrong = await home.RunAsync("daemon", "exec", "getStatus", "{}");
        await Assert.That(wrong).IsEqualTo(new CommandResult(1, "", "Error: Invalid params: Expected an array value, but received: [object Object] (code -32602)\n"));
    }

    [Test]
    [Arguments("{bad json", "Error: params-json must be valid JSON. Expected property name or '}' in JSON at position 1 (line 1 column 2)\n  {bad json\n   ^\n" + Hint)]
    [Arguments("[1,\n 2,,]", "Error: params-json must be valid JSON. Unexpected token ',', \"[1,  2,,]\" is not valid JSON\n   2,,]\n     ^\n" + Hint)]
    [Arguments("null", "Error: params-json must be an array or an object, and null is neither; leave it out when the method takes none.\n")]
    [Arguments("", "An argument cannot be empty: params-json\nUsage: ocap daemon exec [method] [params-json] [options]\nFor help: ocap daemon exec --help\n")]
    [Arguments("{} {}", "Error: params-json must be valid JSON. Unexpected non-whitespace character after JSON at position 3 (line 1 column 4)\n  {} {}\n     ^\n" + Hint)]
    public async Task Parameters_that_are_no_JSON_are_refused_before_a_daemon_is_started(string parameters, string error)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "exec", "getStatus", parameters);
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", error));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    [Arguments("0")]
    [Arguments("abc")]
    [Arguments("-1")]
    [Arguments("1.5")]
    [Arguments("99999999999")]
    public async Task A_timeout_that_is_none_is_refused_before_a_daemon_is_started(string timeout)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "exec", "getStatus", "--timeout", timeout);
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"--timeout must be a positive integer, got: {timeout}\n"));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task Parameters_may_come_from_standard_input_or_a_file_on_many_lines()
    {
        await using TestHome home = new();
        string file = Path.Combine(home.Root, "params.json");
        await File.WriteAllTextAsync(file, "\uFEFF[\n  1,\n  \"a b\"\n]\n");
        using ScriptedDaemon daemon = new(home);
        Dictionary<string, string?> environment = home.With(new() { ["OCAP_SOCKET_PATH"] = daemon.Path });

        Task<string> seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":null}\n");
        CommandResult result = await Command.RunAsync(OcapBinary.Path, ["daemon", "exec", "m", "-"], environment, input: "{\"a\":\n[ ]}");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "null\n", ""));
        await Assert.That(await seen).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"m","params":{"a":[]}}""");

        seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"x\": [1,  2]}}\n");
        result = await Command.RunAsync(OcapBinary.Path, ["daemon", "exec", "m", "@" + file], environment);
        await Assert.That(result).IsEqualTo(new CommandResult(0, "{\"x\":[1,2]}\n", ""));
        await Assert.That(await seen).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"m","params":[1,"a b"]}""");
    }

    [Test]
    public async Task A_parameter_file_that_is_missing_is_named()
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "exec", "m", "@/nowhere/params.json");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).StartsWith("Error: params-json cannot be read from ").And.Contains("/nowhere/params.json");
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task Bundle_paths_of_a_launch_start_from_where_the_command_is_typed()
    {
        await using TestHome home = new();
        string directory = Directory.CreateDirectory(Path.Combine(home.Root, "my work")).FullName;
        using ScriptedDaemon daemon = new(home);
        Task<string> seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":1}\n");
        await Command.RunAsync(
            OcapBinary.Path,
            ["daemon", "exec", "launchSubcluster", """{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"x/é.bundle"},"b":{"bundleSpec":"http://h/b"}}}}"""],
            home.With(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }),
            directory: directory);
        using JsonDocument request = JsonDocument.Parse(await seen);
        JsonElement vats = request.RootElement.GetProperty("params").GetProperty("config").GetProperty("vats");
        await Assert.That(vats.GetProperty("a").GetProperty("bundleSpec").GetString()).IsEqualTo($"file://{home.Root}/my%20work/x/%C3%A9.bundle");
        await Assert.That(vats.GetProperty("b").GetProperty("bundleSpec").GetString()).IsEqualTo("http://h/b");
    }

    [Test]
    public async Task A_silent_daemon_is_waited_for_as_long_as_the_timeout_says()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> serving = daemon.ServeAsync(null, hold: TimeSpan.FromSeconds(3));
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, "daemon", "exec", "--timeout", "1");
        await Assert.That((result.ExitCode, result.Output)).IsEqualTo((1, ""));
        await Assert.That(result.Error).StartsWith("Socket read timed out: the daemon (process ").And.EndsWith(") did not answer within 1 s. What it was asked for may still be done. See how it is with: ocap daemon status, ocap daemon logs. To end it: ocap daemon stop\n");
        await Assert.That(serving.IsCompleted).IsFalse();
        await serving;
    }

    [Test]
    public async Task A_daemon_that_hangs_up_is_said_so()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> serving = daemon.ServeAsync(null);
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, "daemon", "exec");
        await Assert.That((result.ExitCode, result.Output)).IsEqualTo((1, ""));
        await Assert.That(result.Error).StartsWith("Socket closed before response received: the daemon").And.Contains("may have been done or not. See how it is with: ocap daemon status");
        await serving;
    }

    [Test]
    public async Task What_a_vat_says_cannot_steer_the_terminal()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> serving = daemon.ServeAsync("""{"jsonrpc":"2.0","id":"1","error":{"code":-32603,"message":"\u001b[2Jboo"}}""" + "\n");
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, "daemon", "exec");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "Error: \\u001b[2Jboo (code -32603)\n"));
        await serving;
    }

    [Test]
    public async Task On_a_terminal_the_result_is_laid_out_for_people()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> serving = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"a\":[1,{}],\"b\":[]}}\n");
        CommandResult result = await home.ShellAsync($"OCAP_SOCKET_PATH={daemon.Path} script -qec \"$OCAP daemon exec\" /dev/null");
        await Assert.That(result.Output.ReplaceLineEndings("\n")).IsEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n");
        await serving;
    }

    [Test]
    public async Task Parameters_are_neither_in_the_daemons_command_line_nor_in_its_log()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "exec", "revoke", """{"kref":"swordfish"}""");
        await home.RunAsync("daemon", "exec", "noSuchMethod", """["swordfish"]""");
        await Assert.That(await File.ReadAllTextAsync($"/proc/{home.DaemonPid}/cmdline")).DoesNotContain("swordfish");
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).DoesNotContain("swordfish");
    }
}
