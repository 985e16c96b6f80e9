namespace Ocap.Daemon.Tests.Server;

/// <summary>The request forms of spec/rpc.md §1 and §2, with the codes of JSON-RPC 2.0.</summary>
internal sealed class RequestTableTests
{
    private const string Empty = """{"vats":[],"subclusters":[],"remoteComms":{"state":"identity-only","peerId":"12D3KooWPeer"}}""";

    [Test]
    [Arguments("""{"jsonrpc":"2.0","id":1,"method":"getStatus"}""", "1")]
    [Arguments("""{"jsonrpc":"2.0","id":null,"method":"getStatus"}""", "null")]
    [Arguments("""{"jsonrpc":"2.0","id":{"a":1},"method":"getStatus"}""", """{"a":1}""")]
    [Arguments("""{"id":[1, "x"],"method":"getStatus"}""", """[1, "x"]""")]
    [Arguments("""{"jsonrpc":"1.0","id":true,"method":"getStatus"}""", "true")]
    [Arguments("""{"id":"é€😀","method":"getStatus"}""", "\"é€😀\"")]
    [Arguments("""{"id":1e400,"method":"getStatus"}""", "1e400")]
    [Arguments("""{"id":"\ud800","method":"getStatus"}""", "\"\\ud800\"")]
    [Arguments("""{"id":1,"id":2,"method":"x","method":"getStatus"}""", "2")]
    [Arguments("""{"id":7,"method":"getStatus","params":null}""", "7")]
    [Arguments("""{"id":7,"method":"getStatus","params":[]}""", "7")]
    [Arguments("""{"id":7,"method":"getStatus","\ud800":1}""", "7")]
    [Arguments("""{"\u0069d":7,"m\u0065thod":"getStatus"}""", "7")]
    [Arguments("  {\"id\":7,\"method\":\"getStatus\"}\t\r", "7")]
    public async Task The_id_comes_back_as_it_was_sent(string line, string id)
    {
        await using var server = new TestServer();
        await Assert.That(await server.AskAsync(line)).IsEqualTo($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{Empty}}}""");
    }

    [Test]
    [Arguments("garbage", "null", -32700, "Unexpected token 'g', \"garbage\" is not valid JSON")]
    [Arguments("{bad", "null", -32700, "Expected property name or '}' in JSON at position 1 (line 1 column 2)")]
    [Arguments("", "null", -32700, "Unexpected end of JSON input")]
    [Arguments("[]", "null", -32600, "Invalid request: empty batch")]
    [Arguments("null", "null", -32600, "Invalid request: missing method")]
    [Arguments("\"str\"", "null", -32600, "Invalid request: missing method")]
    [Arguments("5", "null", -32600, "Invalid request: missing method")]
    [Arguments("{}", "null", -32600, "Invalid request: missing method")]
    [Arguments("""{"id":7,"method":5}""", "7", -32600, "Invalid request: missing method")]
    [Arguments("""{"method":5}""", "null", -32600, "Invalid request: missing method")]
    [Arguments("""{"id":7,"method":"__proto__"}""", "7", -32601, "The method does not exist / is not available.")]
    [Arguments("""{"id":7,"method":"toString"}""", "7", -32601, "The method does not exist / is not available.")]
    [Arguments("""{"id":7,"method":""}""", "7", -32601, "The method does not exist / is not available.")]
    [Arguments("""{"id":7,"method":"GetStatus"}""", "7", -32601, "The method does not exist / is not available.")]
    [Arguments("""{"id":7,"method":"\ud800"}""", "7", -32601, "The method does not exist / is not available.")]
    [Arguments("""{"id":7,"method":"getStatus","params":5}""", "7", -32602, "Invalid params: Expected an array value, but received: 5")]
    [Arguments("""{"id":7,"method":"getStatus","params":["\udc00"]}""", "7", -32602, "Invalid params: a string holds half a surrogate pair, which is not Unicode text")]
    public async Task A_request_that_is_none_gets_its_error(string line, string id, int code, string message)
    {
        await using var server = new TestServer();
        string text = System.Text.Json.JsonSerializer.Serialize(message, new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await Assert.That(await server.AskAsync(line)).IsEqualTo($$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":{{{text}}}}}""");
    }
}
