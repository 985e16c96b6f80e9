using System.Buffers;
using System.Text;
using System.Text.Json;
using Ocap.Cli.Output;

namespace Ocap.Cli.Tests.Output;

public sealed class JsonTextTests
{
    [Test]
    [Arguments("1")]
    [Arguments("null")]
    [Arguments("\"a\\u0000\\ud800 é\"")]
    [Arguments("[]")]
    [Arguments("{}")]
    [Arguments("[1.50e+3,-0,\"\",[[]],{\"\":{}}]")]
    [Arguments("{\"a\":1,\"a\":2,\"b\":[true,false,null]}")]
    public async Task On_one_line_everything_stays_as_it_is(string json)
    {
        await Assert.That(Lay(json, indented: false)).IsEqualTo(json);
        await Assert.That(Lay(Lay(json, indented: true), indented: false)).IsEqualTo(json);
    }

    [Test]
    public async Task Indented_it_looks_as_JSON_stringify_makes_it()
    {
        await Assert.That(Lay("""{"a":[1,{"b":"x"},[]],"c":{},"d":null}""", indented: true)).IsEqualTo(
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x\"\n    },\n    []\n  ],\n  \"c\": {},\n  \"d\": null\n}");
    }

    [Test]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments("{")]
    [Arguments("[1,]")]
    [Arguments("1 2")]
    [Arguments("{} x")]
    [Arguments("'a'")]
    [Arguments("01")]
    [Arguments("NaN")]
    public async Task What_is_no_JSON_is_refused(string json)
    {
        await Assert.That(() => Lay(json, indented: false)).Throws<JsonException>();
    }

    [Test]
    public async Task Depth_does_not_matter()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        await Assert.That(Lay(deep, indented: false)).IsEqualTo(deep);
    }

    private static string Lay(string json, bool indented)
    {
        ArrayBufferWriter<byte> output = new();
        JsonText.Write(Encoding.UTF8.GetBytes(json), output, indented);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
