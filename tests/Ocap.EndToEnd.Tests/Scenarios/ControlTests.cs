using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>The daemon's methods over a socket and over <c>daemon exec</c> (peer tests A and H, architecture §8: 3, 8, 10).</summary>
public sealed class ControlTests
{
    [Test]
    public async Task An_answer_has_the_same_id_and_nothing_but_what_JSON_RPC_says()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        using RawConnection raw = await RawConnection.OpenAsync(kernel.Socket);
        await raw.WriteAsync("{\"jsonrpc\":\"2.0\",\"id\":\"first\",\"method\":\"getStatus\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"noSuch\"}\n");
        Dictionary<string, RpcReply> replies = [];
        for (int i = 0; i < 2; i++)
        {
            RpcReply reply = new((await raw.ReadLineAsync())!);
            replies[reply.Id.ToString()] = reply;
        }
        await Assert.That(string.Join(' ', replies["first"].Members)).IsEqualTo("jsonrpc id result");
        await Assert.That(string.Join(' ', replies["first"].Result.EnumerateObject().Select(member => member.Name))).IsEqualTo("vats subclusters remoteComms");
        await Assert.That(string.Join(' ', replies["2"].Members)).IsEqualTo("jsonrpc id error");
        await Assert.That(string.Join(' ', replies["2"].Error.EnumerateObject().Select(member => member.Name))).IsEqualTo("code message");
        await Assert.That(replies["2"].Code).IsEqualTo(-32601);
    }

    [Test]
    public async Task Requests_on_separate_connections_and_by_command_are_all_answered()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        for (int i = 0; i < 2; i++)
        {
            await using RpcClient client = await RpcClient.ConnectAsync(kernel.Socket);
            await Assert.That((await client.CallAsync("getStatus")).IsError).IsFalse();
        }
        CommandResult typed = await kernel.Home.RunAsync("daemon", "exec", "executeDBQuery", """{"sql":"SELECT key, value FROM kv LIMIT 5"}""");
        using JsonDocument rows = JsonDocument.Parse(typed.Output);
        await Assert.That(rows.RootElement.GetArrayLength()).IsEqualTo(5);
        await Assert.That(rows.RootElement[0].EnumerateObject().Select(column => column.Name)).IsEquivalentTo((string[])["key", "value"]);
        await Assert.That((await kernel.Home.RunAsync("daemon", "exec", "terminateAllVats")).Output).IsEqualTo("null\n");
    }

    [Test]
    public async Task The_first_user_vats_root_is_ko4_and_a_running_vat_answers_a_ping()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        LaunchAnswer launch = await kernel.LaunchAsync(new LaunchedVat("main", "counter"));
        await Assert.That(launch).IsEqualTo(new LaunchAnswer("s1", "ko4", "1"));
        await Assert.That((await kernel.CallAsync("pingVat", """{"id":"v1"}""")).Result.GetString()).IsEqualTo("pong");
        await Assert.That((await kernel.CallAsync("pingVat", """{"vatId":"v1"}""")).Result.GetString()).IsEqualTo("pong");
        await Assert.That((await kernel.Home.RunAsync("daemon", "exec", "queueMessage", """["ko4","count",[]]""")).Output).IsEqualTo("""{"body":"#1","slots":[]}""" + "\n");
    }

    [Test]
    public async Task Subclusters_own_their_vats_and_end_with_them()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("a", "counter"), new("b", "counter"));
        await kernel.LaunchAsync(new("a", "counter"), new("b", "counter"));
        JsonElement status = (await kernel.CallAsync("getStatus")).Result;
        await Assert.That(string.Join(' ', status.GetProperty("subclusters").EnumerateArray().Select(one => one.GetProperty("vats").ToString()))).IsEqualTo("""{"a":"v1","b":"v2"} {"a":"v3","b":"v4"}""");
        await Assert.That((await kernel.CallAsync("terminateSubcluster", """{"id":"s1"}""")).Result.ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(string.Join(' ', await kernel.SubclustersAsync())).IsEqualTo("s2");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v3 v4");
        await Assert.That((await kernel.CallAsync("terminateSubcluster", """{"id":"s1"}""")).Message).IsEqualTo("Subcluster does not exist.");
        await kernel.CallAsync("collectGarbage");
        await Assert.That(await kernel.QueryAsync("SELECT key FROM kv WHERE key GLOB 'v[12].*' OR value IN ('v1', 'v2')")).IsEmpty();
        await Assert.That(await kernel.AskAsync("ko6", "countAll", "[\"b\"]")).IsEqualTo("[1]");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    [Arguments("ko99999", "[KERNEL:OBJECT_DELETED]")]
    [Arguments("kp999", "[KERNEL:OBJECT_DELETED]")]
    [Arguments("", "Invalid params: ")]
    [Arguments("invalid-kref", "Invalid params: ")]
    [Arguments("ko-4", "Invalid params: ")]
    [Arguments("ko04", "")]
    [Arguments("v1", "Invalid params: ")]
    [Arguments("o+0", "Invalid params: ")]
    public async Task A_message_to_what_is_not_there_is_an_error_and_the_kernel_goes_on(string target, string start)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new LaunchedVat("main", "counter"));
        RpcReply reply = await kernel.SendAsync(target, "count");
        await Assert.That(reply.Message).StartsWith(start);
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("1").Because("the message went nowhere");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task After_clearState_numbers_start_again_and_services_answer()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new LaunchedVat("main", "counter"));
        await kernel.CallAsync("clearState");
        await Assert.That(await kernel.VatsAsync()).IsEmpty();
        await Assert.That(await kernel.AskAsync("ko3", "ping")).IsEqualTo("\"pong\"");
        await Assert.That((await kernel.LaunchAsync(new LaunchedVat("main", "counter"))).ToString()).Contains("s1").And.Contains("ko4");
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("1");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1");
        await kernel.KillAsync();
        await Assert.That(LeftState.Of(kernel.Home).Problems).IsEmpty();
        await kernel.ResumeAsync();
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("2");
        await Assert.That(await kernel.AskAsync("ko3", "ping")).IsEqualTo("\"pong\"");
    }

    [Test]
    [Arguments("text", "Rejected with \"no luck\"", "\"no luck\"")]
    [Arguments("record", "Rejected with {\"code\":7}", "{\"code\":7}")]
    [Arguments("nothing", "Rejected with \"[undefined]\"", "\"#undefined\"")]
    [Arguments("nil", "Rejected with null", "null")]
    [Arguments("number", "Rejected with 42", "42")]
    [Arguments("error", "too far", "RangeError")]
    public async Task A_rejection_tells_its_reason_whatever_it_is(string kind, string message, string body)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new LaunchedVat("main", "caller"));
        RpcReply reply = await kernel.SendAsync("ko4", "fail", $"\"{kind}\"");
        await Assert.That(reply.Code).IsEqualTo(-32603);
        await Assert.That(reply.Message).IsEqualTo(message);
        await Assert.That(RpcReply.BodyOf(reply.Error.GetProperty("data"))).Contains(body);
    }

    [Test]
    public async Task Shutdown_is_answered_and_then_the_socket_is_silent()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        int pid = kernel.Home.DaemonPid;
        await Assert.That((await kernel.CallAsync("shutdown")).Result.ToString()).IsEqualTo("""{"status":"shutting down"}""");
        for (int i = 0; i < 200 && TestHome.IsAlive(pid); i++)
            await Task.Delay(50);
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
        await Assert.That(kernel.Home.Files).DoesNotContain("daemon.sock").And.DoesNotContain("daemon.pid").And.Contains("kernel.sqlite");
    }

    [Test]
    public async Task Purge_leaves_nothing_of_the_state_even_after_a_kill()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new LaunchedVat("main", "counter"));
        await Assert.That(kernel.Home.Files).Contains("daemon.pid").And.Contains("kernel.sqlite").And.Contains("daemon.log").And.Contains("bundles");
        await kernel.KillAsync();
        await Assert.That(kernel.Home.Files).Contains("kernel.sqlite-wal").And.Contains("daemon.sock");
        await Assert.That((await kernel.Home.RunAsync("daemon", "purge", "--force")).ExitCode).IsEqualTo(0);
        await Assert.That(kernel.Home.Files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))).IsEmpty();
    }
}
