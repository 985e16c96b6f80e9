using System.Text.Json;

namespace Ocap.Marshal.Tests;

public class JsonToSmallcapsTests
{
    // Right-hand sides were printed by the marshal package of the reference for the parsed left-hand sides.
    [Test]
    [Arguments("null", "null")]
    [Arguments("true", "true")]
    [Arguments("false", "false")]
    [Arguments("12.50", "12.5")]
    [Arguments("1e21", "1e+21")]
    [Arguments("-0", "0")]
    [Arguments("1e400", "\"#Infinity\"")]
    [Arguments("-1e400", "\"#-Infinity\"")]
    [Arguments("12345678901234567890", "12345678901234567000")]
    [Arguments("\"\"", "\"\"")]
    [Arguments("\"plain\"", "\"plain\"")]
    [Arguments("\"#x\"", "\"!#x\"")]
    [Arguments("\"!x\"", "\"!!x\"")]
    [Arguments("\"\\\"\"", "\"!\\\"\"")]
    [Arguments("\"$0\"", "\"!$0\"")]
    [Arguments("\"-\"", "\"!-\"")]
    [Arguments("\".\"", "\".\"")]
    [Arguments("\"/\"", "\"/\"")]
    [Arguments("\" \"", "\" \"")]
    [Arguments("\"@@x\"", "\"@@x\"")]
    [Arguments("\"\\ud800x\"", "\"\\ud800x\"")]
    [Arguments("\"\\u00e9\\n\\/\"", "\"é\\n/\"")]
    [Arguments("[1, [], {}]", "[1,[],{}]")]
    [Arguments("{\"b\":1, \"a\":2}", "{\"a\":2,\"b\":1}")]
    [Arguments("{\"#x\":1,\"$x\":2,\"@qclass\":3}", "{\"!#x\":1,\"!$x\":2,\"@qclass\":3}")]
    [Arguments("{\"b\":1,\"10\":2,\"9\":3,\" \":4}", "{\"9\":3,\"10\":2,\" \":4,\"b\":1}")]
    [Arguments("{\"4294967295\":1,\"4294967294\":2,\"a\":1,\"-1\":3,\"01\":2}", "{\"4294967294\":2,\"!-1\":3,\"01\":2,\"4294967295\":1,\"a\":1}")]
    [Arguments("{\"\\ud83d\\ude00\":1,\"\\uffff\":2}", "{\"\ud83d\ude00\":1,\"\uffff\":2}")]
    [Arguments("{\"__proto__\":1,\"a\":2,\"__proto__\":{\"x\":1}}", "{\"__proto__\":{\"x\":1},\"a\":2}")]
    public async Task Json_is_encoded_as_marshalling_the_parsed_value_would(string json, string body)
    {
        using var document = JsonDocument.Parse(json);
        await Assert.That(JsonToSmallcaps.Encode(document.RootElement)).IsEqualTo(body);
    }

    [Test]
    public async Task A_message_carries_method_and_arguments_in_one_body_without_slots()
    {
        using var args = JsonDocument.Parse("""["world", {"#n": 1}]""");
        await Assert.That(JsonToSmallcaps.Methargs("greet", args.RootElement)).IsEqualTo(new CapData("""#["greet",["world",{"!#n":1}]]""", []));
        using var none = JsonDocument.Parse("[]");
        await Assert.That(JsonToSmallcaps.Methargs("#odd", none.RootElement).Body).IsEqualTo("""#["!#odd",[]]""");
    }

    [Test]
    public async Task Arguments_that_are_no_array_are_refused()
    {
        using var args = JsonDocument.Parse("{}");
        await Assert.That(() => JsonToSmallcaps.Methargs("m", args.RootElement)).Throws<ArgumentException>();
    }
}
