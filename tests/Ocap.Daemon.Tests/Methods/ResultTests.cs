using Ocap.Daemon.Hosts;
using Ocap.Daemon.Query;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Daemon.Tests.Methods;

/// <summary>What each method asks of the kernel and what it makes of the answer (spec/rpc.md §4).</summary>
internal sealed class ResultTests
{
    [Test]
    [Arguments("pingVat", """{"id":"v1"}""", "pingVat v1", "\"pong\"")]
    [Arguments("pingVat", """{"vatId":"v1"}""", "pingVat v1", "\"pong\"")]
    [Arguments("restartVat", """{"id":"v2"}""", "restartVat v2", "null")]
    [Arguments("terminateVat", """{"vatId":"v3"}""", "terminateVat v3", "null")]
    [Arguments("terminateAllVats", "[]", "terminateAllVats", "null")]
    [Arguments("terminateSubcluster", """{"id":"s4"}""", "terminateSubcluster s4", "null")]
    [Arguments("collectGarbage", "null", "collectGarbage", "null")]
    [Arguments("clearState", "[]", "clearState", "null")]
    [Arguments("revoke", """{"kref":"ko5"}""", "revoke ko5", "null")]
    [Arguments("isRevoked", """{"kref":"kp6"}""", "isRevoked kp6", "false")]
    [Arguments("queueMessage", """["ko1","greet",[1.0,{"b":1,"a":"#x"}]]""", """queueMessage ko1 #["greet",[1,{"a":"!#x","b":1}]]""", """{"body":"#[\"greet\",[1,{\"a\":\"!#x\",\"b\":1}]]","slots":[]}""")]
    [Arguments("issueOcapURL", """{"kref":"ko4"}""", "issueOcapURL ko4", "\"ocap:z1@x\"")]
    [Arguments("redeemOcapURL", """{"url":"ocap:abc@x"}""", "redeemOcapURL ocap:abc@x", "\"ko4\"")]
    [Arguments("executeDBQuery", """{"sql":"SELECT 1"}""", "sync", "[]")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"f"}}}}""", "launchSubcluster", """{"subclusterId":"s1","rootKref":"ko4","bootstrapResult":{"body":"#\"#undefined\"","slots":[]}}""")]
    public async Task A_method_asks_the_kernel_and_answers(string method, string parameters, string asked, string result)
    {
        await using var server = new TestServer();
        await Assert.That(await server.AskAsync($$"""{"id":1,"method":"{{method}}","params":{{parameters}}}""")).IsEqualTo($$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""");
        await Assert.That(server.Kernel.Asked).IsEquivalentTo([asked]);
    }

    [Test]
    [Arguments("pingVat", """{"id":"v02"}""", "Vat does not exist.")]
    [Arguments("terminateVat", """{"id":"v99999999999999999999999"}""", "Vat does not exist.")]
    [Arguments("terminateSubcluster", """{"id":"s01"}""", "Subcluster does not exist.")]
    [Arguments("queueMessage", """["ko007","m",[]]""", "not a valid KRef: \\\"ko007\\\"")]
    [Arguments("revoke", """{"kref":"ko007"}""", "not a valid KRef: \\\"ko007\\\"")]
    [Arguments("issueOcapURL", """{"kref":"ko007"}""", "not a valid KRef: \\\"ko007\\\"")]
    [Arguments("registerLocationHints", """{"peerId":"p","hints":[]}""", "Remote comms not initialized")]
    public async Task What_names_nothing_fails_with_a_sentence(string method, string parameters, string message)
    {
        await using var server = new TestServer();
        await Assert.That(await server.AskAsync($$"""{"id":1,"method":"{{method}}","params":{{parameters}}}"""))
            .IsEqualTo($$$"""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"{{{message}}}"}}""");
    }

    [Test]
    [Arguments("pingVat", """{"id":"v1"}""")]
    [Arguments("clearState", "[]")]
    [Arguments("executeDBQuery", """{"sql":"SELECT 1"}""")]
    public async Task A_failure_of_the_kernel_is_passed_on(string method, string parameters)
    {
        await using var server = new TestServer();
        server.Kernel.Finish = Answer<Done>.Fail("Vat does not exist.");
        await Assert.That(await server.AskAsync($$"""{"id":1,"method":"{{method}}","params":{{parameters}}}"""))
            .IsEqualTo("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Vat does not exist."}}""");
    }

    [Test]
    [Arguments("""#{"#error":"!#boom","name":"TypeError"}""", "#boom")]
    [Arguments("""#"nope" """, "Rejected with \\\"nope\\\"")]
    [Arguments("""#["$0.Alleged: x","+5"]""", "Rejected with [\\\"<ko9> (Alleged: x)\\\",\\\"5n\\\"]")]
    public async Task A_rejection_is_an_error_that_keeps_its_reason(string body, string message)
    {
        await using var server = new TestServer();
        string quoted = SmallcapsText.QuoteJson(body);
        server.Kernel.Settle = (_, _) => Answer<Settlement>.Ok(new Settlement(true, new CapData(body, ["ko9"])));
        await Assert.That(await server.AskAsync("""{"id":1,"method":"queueMessage","params":["ko1","m",[]]}"""))
            .IsEqualTo($$$"""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"{{{message}}}","data":{"body":{{{quoted}}},"slots":["ko9"]} """.TrimEnd() + "}}");
    }

    [Test]
    public async Task A_message_whose_answer_cannot_be_made_is_answered_all_the_same()
    {
        await using var server = new TestServer();
        server.Kernel.Holds = true;
        server.Kernel.Settle = (_, _) => Answer<Settlement>.Ok(new Settlement(true, new CapData(null!, [])));
        using TestClient client = server.Connect();
        await client.SendAsync("""{"id":1,"method":"queueMessage","params":["ko1","m",[]]}""" + "\n");
        while (server.Kernel.Asked.Length == 0)
        {
            await Task.Delay(1);
        }

        try
        {
            server.Kernel.Release("m");
        }
        catch (NullReferenceException)
        {
            // As the kernel's output gate would: it must not matter to the caller.
        }

        await Assert.That(await client.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)))
            .IsEqualTo("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error"}}""");
    }

    [Test]
    public async Task Status_shows_all_vats_as_they_were_configured_and_the_daemons_own_description_how_they_are()
    {
        await using var server = new TestServer();
        server.Kernel.Status = Answer<KernelStatus>.Ok(new KernelStatus(
            [
                new VatStatus(new VatId(1), """{"bundleSpec":"f"}""", new SubclusterId(1), VatState.Running, null) { Name = "a" },
                new VatStatus(new VatId(2), """{"bundleSpec":"g"}""", new SubclusterId(1), VatState.Starting, null) { Name = "b" },
                new VatStatus(new VatId(3), """{"bundleSpec":"h"}""", new SubclusterId(1), VatState.Failed, "no bundle"),
            ],
            [new SubclusterStatus(new SubclusterId(1), """{"bootstrap":"a","vats":{}}""", [KeyValuePair.Create("a", new VatId(1))])]));
        const string Vats = """{"id":"v1","config":{"bundleSpec":"f"},"subclusterId":"s1"},{"id":"v2","config":{"bundleSpec":"g"},"subclusterId":"s1"},{"id":"v3","config":{"bundleSpec":"h"},"subclusterId":"s1"}""";
        const string Subclusters = """{"id":"s1","config":{"bootstrap":"a","vats":{}},"vats":{"a":"v1"}}""";
        await Assert.That(await server.AskAsync("""{"id":1,"method":"getStatus"}""")).IsEqualTo(
            $$$$"""{"jsonrpc":"2.0","id":1,"result":{"vats":[{{{{Vats}}}}],"subclusters":[{{{{Subclusters}}}}],"remoteComms":{"state":"identity-only","peerId":"12D3KooWPeer"}}}""");
        server.Hosts = [new VatHostStatus(43, "shared", 1024, "none", [new VatId(1), new VatId(2)])];
        string info = await server.AskAsync("""{"id":1,"method":"getDaemonInfo"}""");
        await Assert.That(info).StartsWith("""{"jsonrpc":"2.0","id":1,"result":{"version":"1.2.3","protocol":1,"pid":42,"startedAt":"1970-01-01T00:00:00.000Z","uptimeMs":""");
        await Assert.That(info).EndsWith(
            $$$""":"/home/me/.ocap","socket":"/home/me/.ocap/daemon.sock","log":"/home/me/.ocap/daemon.log","vats":{"running":1,"starting":1,"failed":[{"id":"v3","subclusterId":"s1","reason":"no bundle"}],"usage":[{{{Usage("v1", "a", "running")}}},{{{Usage("v2", "b", "starting")}}},{{{Usage("v3", "", "failed")}}}]},"hosts":[{"pid":43,"kind":"shared","residentBytes":1024,"confinement":"none","vats":["v1","v2"]}]}}""");

        static string Usage(string id, string name, string state) =>
            $$$"""{"id":"{{{id}}}","name":"{{{name}}}","state":"{{{state}}}","deliveries":0,"cpuMs":0,"mostCpuMs":0,"allocatedBytes":0,"retainedBytes":{"least":0,"most":0},"limits":{"cpuMs":5000,"memoryMiB":256}}""";
    }

    [Test]
    public async Task Status_waits_for_the_identity_and_does_without_one_that_cannot_be_had()
    {
        var identity = new TaskCompletionSource<string>();
        await using var server = new TestServer(peerId: identity.Task);
        Task<string> answer = server.AskAsync("""{"id":1,"method":"getStatus"}""");
        await Task.Delay(30);
        await Assert.That(answer.IsCompleted).IsFalse();
        identity.SetException(new IOException("identity.json is damaged"));
        await Assert.That(await answer).IsEqualTo("""{"jsonrpc":"2.0","id":1,"result":{"vats":[],"subclusters":[],"remoteComms":{"state":"disconnected"}}}""");
    }

    [Test]
    public async Task A_config_is_stored_as_JavaScript_would_print_it()
    {
        await using var server = new TestServer();
        await server.AskAsync("""{"id":1,"method":"launchSubcluster","params":{ "config" : {"bootstrap":"a", "vats":{"b":{"bundleSpec":"x"},"a":{"bundleSpec":"\u00e9\/","parameters":{"n":1.50,"k":1,"k":2}},"2":{"bundleSpec":"y"},"b":{"bundleSpec":"z"}}}}}""");
        await Assert.That(server.Kernel.Launched!.Json).IsEqualTo(
            """{"bootstrap":"a","vats":{"2":{"bundleSpec":"y"},"b":{"bundleSpec":"z"},"a":{"bundleSpec":"é/","parameters":{"n":1.5,"k":2}}}}""");
        await Assert.That(server.Kernel.Launched.Vats.Select(vat => vat.Key)).IsEquivalentTo(["2", "b", "a"]);
    }

    [Test]
    public async Task Rows_and_refusals_of_a_query_are_passed_on()
    {
        await using var server = new TestServer();
        server.Rows = sql => sql.StartsWith("SELECT", StringComparison.Ordinal) ? """[{"a":1}]""" : throw new DatabaseQueryException("near \"SELEC\": syntax error");
        await Assert.That(await server.AskAsync("""{"id":1,"method":"executeDBQuery","params":{"sql":"SELECT 1"}}""")).IsEqualTo("""{"jsonrpc":"2.0","id":1,"result":[{"a":1}]}""");
        await Assert.That(await server.AskAsync("""{"id":1,"method":"executeDBQuery","params":{"sql":"SELEC"}}"""))
            .IsEqualTo("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"near \"SELEC\": syntax error"}}""");
    }

    [Test]
    public async Task A_broken_method_answers_internal_error_and_logs_no_parameters()
    {
        await using var server = new TestServer();
        server.Rows = _ => throw new InvalidOperationException("secret-in-message");
        await Assert.That(await server.AskAsync("""{"id":1,"method":"executeDBQuery","params":{"sql":"secret-in-params"}}"""))
            .IsEqualTo("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error"}}""");
        string log = await File.ReadAllTextAsync(server.LogPath);
        await Assert.That(log).Contains("[error]");
        await Assert.That(log).DoesNotContain("secret");
    }

    [Test]
    public async Task Shutdown_is_requested_once_its_answer_is_out()
    {
        await using var server = new TestServer();
        await Assert.That(await server.AskAsync("""{"id":1,"method":"shutdown","params":{"any":1}}""")).IsEqualTo("""{"jsonrpc":"2.0","id":1,"result":{"status":"shutting down"}}""");
        await Assert.That(await server.ShutdownRequested.Task.WaitAsync(TimeSpan.FromSeconds(10))).IsEqualTo("RPC shutdown");
    }

    [Test]
    public async Task Every_method_of_the_reference_is_there()
    {
        await using var server = new TestServer();
        foreach (string method in (string[])["getStatus", "launchSubcluster", "terminateSubcluster", "pingVat", "restartVat", "terminateVat", "terminateAllVats", "collectGarbage", "clearState", "queueMessage", "revoke", "isRevoked", "issueOcapURL", "redeemOcapURL", "executeDBQuery", "initRemoteComms", "registerLocationHints", "shutdown"])
        {
            await Assert.That(await server.AskAsync($$"""{"id":1,"method":"{{method}}","params":0}""")).DoesNotContain("-32601");
        }
    }
}
