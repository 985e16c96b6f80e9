using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

/// <summary><c>ocap daemon queueMessage</c> (spec/cli.md §4, spec/peer-tests.md 19).</summary>
public sealed class QueueMessageTests
{
    private const string Answer = """{"jsonrpc":"2.0","id":"1","result":{"body":"#{\"big\":\"+7\",\"ref\":\"$0.Alleged: Thing\",\"text\":\"!$0\"}","slots":["ko12"]}}""" + "\n";

    [Test]
    [Arguments(false, """{"big":"7n","ref":"<ko12> (Alleged: Thing)","text":"$0"}""")]
    [Arguments(true, """{"body":"#{\"big\":\"+7\",\"ref\":\"$0.Alleged: Thing\",\"text\":\"!$0\"}","slots":["ko12"]}""")]
    public async Task A_message_is_sent_by_position_and_its_answer_is_decoded_unless_it_is_wanted_raw(bool raw, string shown)
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> seen = daemon.ServeAsync(Answer);
        string[] line = ["daemon", "queueMessage", "ko4", "greet", """[1, {"a": "b"}]"""];
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, raw ? [.. line, "--raw"] : line);
        await Assert.That(result).IsEqualTo(new CommandResult(0, shown + "\n", ""));
        await Assert.That(await seen).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"queueMessage","params":["ko4","greet",[1,{"a":"b"}]]}""");
    }

    [Test]
    public async Task Without_arguments_an_empty_list_is_sent()
    {
        await using TestHome home = new();
        using ScriptedDaemon daemon = new(home);
        Task<string> seen = daemon.ServeAsync("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"body\":\"#\\\"#undefined\\\"\",\"slots\":[]}}\n");
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = daemon.Path }, "daemon", "queueMessage", "ko4", "ping");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "\"[undefined]\"\n", ""));
        await Assert.That(await seen).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"queueMessage","params":["ko4","ping",[]]}""");
    }

    [Test]
    [Arguments("bad json", "args-json must be valid JSON. Unexpected token 'b', \"bad json\" is not valid JSON\n  bad json\n  ^\nThe shell takes quotes away: put the whole of it between single ones, as in '{\"id\":\"v1\"}', or give a file: @params.json")]
    [Arguments("null", "args-json must be a JSON array.")]
    [Arguments("""{"a":1}""", "args-json must be a JSON array.")]
    public async Task Arguments_that_are_no_list_are_refused_before_a_daemon_is_started(string arguments, string sentence)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "queueMessage", "ko4", "greet", arguments);
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"Error: {sentence}\n"));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task An_error_is_shown_with_its_code_and_nothing_on_standard_output()
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "queueMessage", "ko999", "foo");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Output).IsEqualTo("");
        await Assert.That(result.Error).EndsWith("Error: [KERNEL:OBJECT_DELETED] Target object has no owner; it may have been deleted (code -32603)\n");
    }
}
