using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Tests.Server;

/// <summary>Whatever comes, every line gets exactly one well-formed answer, and the server lives (reliability S5, S6).</summary>
internal sealed class MalformedInputTests
{
    private const string Ping = """{"id":"still there","method":"pingVat","params":{"id":"v1"}}""";
    private const string Pong = """{"jsonrpc":"2.0","id":"still there","result":"pong"}""";

    public static IEnumerable<Func<(string Name, byte[] Line, string Expected)>> Table()
    {
        static Func<(string, byte[], string)> Row(string name, string line, string expected) => () => (name, Encoding.UTF8.GetBytes(line), expected);
        static Func<(string, byte[], string)> Bytes(string name, byte[] line, string expected) => () => (name, line, expected);

        const int Deep = 100_000;
        const int Long = 10_000_000;
        string deepArray = new string('[', Deep) + new string(']', Deep);
        string deepObject = string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep);
        yield return Row("array 100 000 deep", deepArray, "Invalid request: missing method");
        yield return Row("array 100 000 deep, open", new string('[', Deep), "Unexpected end of JSON input");
        yield return Row("object 100 000 deep", deepObject, "Invalid request: missing method");
        yield return Row("params 100 000 deep", $$"""{"id":1,"method":"queueMessage","params":["ko1","m",{{deepArray}}]}""", "Invalid params: nested more than 1000 levels deep");
        yield return Row("params 1 000 deep", $$"""{"id":1,"method":"queueMessage","params":["ko1","m",{{new string('[', 999)}}{{new string(']', 999)}}]}""", "\"result\"");
        yield return Row("id 20 000 deep", $$"""{"id":{{deepArray[80_000..^80_000]}},"method":"pingVat","params":{"id":"v1"} }""", "\"pong\"");
        yield return Row("unknown member 100 000 deep", $$"""{"id":1,"x":{{deepArray}},"method":"pingVat","params":{"id":"v1"} }""", "\"pong\"");
        yield return Row("string of 10 MB as id", $$"""{"id":"{{new string('x', Long)}}","method":"clearState"}""", "the id is longer than 65536 bytes");
        yield return Row("string of 10 MB as method", $$"""{"id":1,"method":"{{new string('x', Long)}}"}""", "The method does not exist");
        yield return Row("string of 10 MB as vat id", "{\"id\":1,\"method\":\"pingVat\",\"params\":{\"id\":\"" + new string('v', Long) + "\"}}", "type `VatId`");
        yield return Row("digits of 10 MB in a vat id", "{\"id\":1,\"method\":\"pingVat\",\"params\":{\"id\":\"v" + new string('1', Long) + "\"}}", "Vat does not exist.");
        yield return Row("number of 10 MB", $$"""{"id":1,"method":"queueMessage","params":["ko1","m",[{{new string('9', Long)}}]]}""", "#Infinity");
        yield return Row("fraction of 1 MB", $$"""{"id":1,"method":"queueMessage","params":["ko1","m",[0.{{new string('3', 1_000_000)}}]]}""", "0.3333333333333333]");
        yield return Row("huge exponents", """{"id":1,"method":"queueMessage","params":["ko1","m",[1e999999999,-1e99999999999999999999,1e-99999999999]]}""", """[\"#Infinity\",\"#-Infinity\",0]""");
        yield return Row("minus zero", """{"id":-0,"method":"queueMessage","params":["ko1","m",[-0,-0.0]]}""", "[0,0]");
        yield return Row("duplicate keys", """{"id":1,"method":"queueMessage","params":["ko1","m",[{"a":1,"a":2,"b":3,"\u0061":4}]]}""", """{\"a\":4,\"b\":3}""");
        yield return Row("__proto__ as a key", """{"id":1,"method":"queueMessage","params":["ko1","m",[{"__proto__":{"x":1}}]]}""", "__proto__");
        yield return Row("__proto__ beside id", """{"id":1,"method":"pingVat","params":{"__proto__":{"id":"v1"}}}""", "type `VatId`");
        yield return Row("lone surrogate in a method", """{"id":1,"method":"\udfff"}""", "The method does not exist");
        yield return Row("lone surrogate in params", """{"id":1,"method":"queueMessage","params":["ko1","m",["\ud83d"]]}""", "half a surrogate pair");
        yield return Row("lone surrogate in a key", """{"id":1,"method":"launchSubcluster","params":{"config":{"\ud83d":1}}}""", "half a surrogate pair");
        yield return Row("surrogate pair", """{"id":1,"method":"queueMessage","params":["ko1","\ud83d\ude00",[]]}""", "😀");
        yield return Row("NUL", "\0", "Unexpected token");
        yield return Row("NUL in a string", "{\"id\":\"\0\"}", "Bad control character in string literal in JSON at position 7 (line 1 column 8)");
        yield return Row("escaped NUL", """{"id":"\u0000","method":"pingVat","params":{"id":"v1"}}""", """ "id":"\u0000","result":"pong" """.Trim());
        yield return Row("BOM", "\uFEFF" + Ping, "Unexpected token");
        yield return Row("comment", "// hello", "Unexpected token '/'");
        yield return Row("trailing comma", """{"id":1,}""", "Expected double-quoted property name");
        yield return Row("two values", "{} {}", "Unexpected non-whitespace character after JSON at position 3 (line 1 column 4)");
        yield return Row("batch within a batch", $"[[{Ping}]]", "Invalid request: missing method");
        yield return Row("batch of 8 million", "[" + string.Join(',', Enumerable.Repeat("1", 5_000_000)) + "]", "a batch takes at most 1000 requests");
        yield return Row("config whose bundleSpec is deep", """{"id":1,"method":"launchSubcluster","params":{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":""" + deepArray[99_500..^99_500] + "}}}}}", "type `VatConfig`");
        yield return Bytes("invalid UTF-8", [0xFF, 0xFE, .. "{\"id\":1}"u8], "Request is not valid UTF-8");
        yield return Bytes("invalid UTF-8 in a string", [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\",\"method\":\"clearState\"}"u8], "Request is not valid UTF-8");
        yield return Bytes("surrogate in UTF-8", [.. "{\"id\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], "Request is not valid UTF-8");
        yield return Bytes("overlong UTF-8", [.. "{\"id\":\""u8, 0xC0, 0x80, .. "\"}"u8], "Request is not valid UTF-8");
        yield return Bytes("UTF-16", Encoding.Unicode.GetBytes("{}"), "-32700");
    }

    [Test]
    [MethodDataSource(nameof(Table))]
    public async Task A_malformed_line_gets_its_answer_and_harms_nobody(string name, byte[] line, string expected)
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        await client.SendAsync(line);
        await client.SendAsync("\n");
        string answer = await client.ReadLineAsync() ?? "(closed)";
        await Assert.That(answer.Contains(expected, StringComparison.Ordinal)).IsTrue().Because($"{name}: {answer[..Math.Min(300, answer.Length)]}");
        await Assert.That(IsAnswer(answer)).IsTrue().Because(name);
        await client.SendAsync(Ping + "\n");
        await Assert.That(await client.ReadLineAsync()).IsEqualTo(Pong);
    }

    /// <summary>2 000 cases, or as many as <c>OCAP_FUZZ_CASES</c> says; CsCheck prints the seed of a failure, and <c>CsCheck_Seed</c> runs it again.</summary>
    [Test]
    public async Task Generated_lines_always_get_a_valid_answer()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("OCAP_FUZZ_CASES"), CultureInfo.InvariantCulture, out int given) ? given : 2_000;
        await using var server = new TestServer(ServerLimits.Default with { LineBytes = 1 << 16 });
        using TestClient client = server.Connect();
        int answered = 0;
        Lines().Sample(
            line =>
            {
                // One fence behind each line: everything before its answer belongs to the line.
                client.SendAsync((byte[])[.. line, (byte)'\n', .. Encoding.UTF8.GetBytes(Ping), (byte)'\n']).GetAwaiter().GetResult();
                List<string> answers = [];
                while (client.ReadLineAsync().GetAwaiter().GetResult() is { } answer && !string.Equals(answer, Pong, StringComparison.Ordinal))
                {
                    answers.Add(answer);
                }

                answered += answers.Count;
                return answers.TrueForAll(IsAnswer);
            },
            iter: cases,
            threads: 1,
            print: line => Encoding.UTF8.GetString(line));
        await Assert.That(answered).IsGreaterThan(cases / 2);
        await Assert.That(answered).IsLessThanOrEqualTo(cases);
    }

    /// <summary>Requests that are nearly right, then bytes of them changed, cut or doubled.</summary>
    private static Gen<byte[]> Lines()
    {
        Gen<string> scalar = Gen.OneOf(
            Gen.OneOf("null", "true", "0", "-0", "1e999", "1.5", "\"\"", "\"v1\"", "\"s1\"", "\"ko1\"", "\"kp2\"", "\"ko007\"", "\"\\ud800\"", "\"\\u0000\"", "\"#x\"", "\"é😀\"", "undefined", "NaN"),
            Gen.Double.Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
            Gen.String[0, 20].Select(text => JsonSerializer.Serialize(text)));
        Gen<string> key = Gen.OneOf("id", "vatId", "kref", "sql", "url", "config", "bootstrap", "vats", "services", "io", "type", "path", "bundleSpec", "parameters", "globals", "network", "relays", "maxQueue", "__proto__", "0", "");
        Gen<string> value = Gen.Recursive<string>((depth, inner) => depth > 4
            ? scalar
            : Gen.Frequency(
                (3, scalar),
                (1, inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]")),
                (2, Gen.Select(key, inner).Array[0, 4].Select(members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"))));
        Gen<string> method = Gen.OneOf(
            "getStatus", "getDaemonInfo", "launchSubcluster", "terminateSubcluster", "pingVat", "restartVat", "terminateVat", "terminateAllVats", "queueMessage", "executeDBQuery", "collectGarbage",
            "clearState", "revoke", "isRevoked", "issueOcapURL", "redeemOcapURL", "initRemoteComms", "registerLocationHints", "shutdown", "toString", "nosuch");
        Gen<string> request = Gen.Select(value, method, value, Gen.Int[0, 9]).Select((id, name, parameters, form) => form switch
        {
            0 => $$"""{"id":{{id}},"method":{{parameters}}}""",
            1 => $$"""{"method":"{{name}}","params":{{parameters}}}""",
            2 => $$"""{"id":{{id}},"method":"launchSubcluster","params":{"config":{"bootstrap":"a","vats":{"a":{{parameters}} } } } }""",
            3 => $$"""{"id":{{id}},"method":"queueMessage","params":["ko1",{{id}},[{{parameters}}]]}""",
            4 => parameters,
            _ => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{name}}","params":{{parameters}}}""",
        });
        Gen<string> line = Gen.Frequency((5, request), (1, request.Array[0, 4].Select(requests => $"[{string.Join(',', requests)}]")));
        return Gen.Select(line, Gen.Int[0, 3], Gen.Int[0, 10_000], Gen.Byte).Select((text, change, place, other) => Change(Encoding.UTF8.GetBytes(text), change, place, other));
    }

    private static byte[] Change(byte[] bytes, int change, int place, byte other)
    {
        int at = bytes.Length == 0 ? 0 : place % bytes.Length;
        byte[] changed = change switch
        {
            1 when bytes.Length > 0 => [.. bytes[..at], other, .. bytes[(at + 1)..]],
            2 => bytes[..at],
            3 => [.. bytes[..at], .. bytes[at..], .. bytes[at..]],
            _ => bytes,
        };
        return Array.FindAll(changed, b => b != (byte)'\n');
    }

    private static bool IsAnswer(string line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.Array
            ? root.GetArrayLength() > 0 && root.EnumerateArray().All(IsResponse)
            : IsResponse(root);
    }

    private static bool IsResponse(JsonElement response)
    {
        string[] names = [.. response.EnumerateObject().Select(member => member.Name)];
        return names is ["jsonrpc", "id", "result"]
            || (names is ["jsonrpc", "id", "error"]
                && response.GetProperty("error").GetProperty("code").GetInt32() is -32700 or -32600 or -32601 or -32602 or -32603
                && response.GetProperty("error").GetProperty("message").GetString() is { Length: > 0 } message
                && !string.Equals(message, "Internal error", StringComparison.Ordinal));
    }
}
