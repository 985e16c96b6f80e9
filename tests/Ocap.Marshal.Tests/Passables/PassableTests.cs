using System.Text.Json;
using Ocap.Marshal.Passables;

namespace Ocap.Marshal.Tests.Passables;

/// <summary>Values as the kernel's own services see them: read from smallcaps and written back (spec/kernel-semantics.md §8).</summary>
public sealed class PassableTests
{
    [Test]
    [Arguments("#\"#undefined\"")]
    [Arguments("#null")]
    [Arguments("#true")]
    [Arguments("#-1.5")]
    [Arguments("#1e+21")]
    [Arguments("#\"#NaN\"")]
    [Arguments("#\"#-Infinity\"")]
    [Arguments("#\"+123456789012345678901234567890\"")]
    [Arguments("#\"-7\"")]
    [Arguments("#\"plain\"")]
    [Arguments("#\"!#escaped\"")]
    [Arguments("#\"\\ud800\"")]
    [Arguments("#\"%@@asyncIterator\"")]
    [Arguments("#[1,[\"a\",{}],{\"!#x\":1,\"a\":\"!$0\"}]")]
    [Arguments("#{\"#tag\":\"match:any\",\"payload\":\"#undefined\"}")]
    [Arguments("#{\"#error\":\"boom\",\"name\":\"TypeError\"}")]
    [Arguments("#[\"$0.Alleged: counter\",\"$1.Remotable\",\"$0\",\"&2\"]", "ko5", "ko6", "kp7")]
    [Arguments("#{\"1\":2,\"10\":1,\"b\":3}")]
    public async Task What_is_read_is_written_back_as_it_was(string body, params string[] slots)
    {
        var data = new CapData(body, slots);
        await Assert.That(PassableWriter.Write(PassableReader.Read(data))).IsEqualTo(data);
    }

    [Test]
    public async Task References_are_stand_ins_with_their_krefs()
    {
        var read = (Passable.List)PassableReader.Read(new CapData("#[\"$1.Alleged: counter\",\"&0\",\"$1\"]", ["kp7", "ko5"]));
        await Assert.That(read.Items[0]).IsEqualTo(new Passable.Remotable("ko5", "Alleged: counter"));
        await Assert.That(read.Items[1]).IsEqualTo(new Passable.Promise("kp7"));
        await Assert.That(read.Items[2]).IsEqualTo(read.Items[0]);
    }

    [Test]
    [Arguments("plain")]
    [Arguments("")]
    [Arguments("#")]
    [Arguments("#{")]
    [Arguments("#\"$0\"")]
    [Arguments("#\"$x\"")]
    [Arguments("#\"&-1\"")]
    [Arguments("#\"$99999999999\"")]
    [Arguments("#\"#what\"")]
    [Arguments("#\"+x\"")]
    [Arguments("#\"(reserved\"")]
    [Arguments("#{\"#error\":7}")]
    [Arguments("#{\"#tag\":[]}")]
    public async Task What_is_no_smallcaps_is_a_FormatException_and_nothing_else(string body) =>
        await Assert.That(() => PassableReader.Read(new CapData(body, []))).Throws<FormatException>();

    [Test]
    public async Task What_nests_too_deep_is_a_FormatException_too() =>
        await Assert.That(() => PassableReader.Read(new CapData("#" + new string('[', 5_000) + new string(']', 5_000), []))).Throws<FormatException>();

    [Test]
    [Arguments("#[\"greet\",[]]", "greet")]
    [Arguments("#[\"!#hash\",[]]", "#hash")]
    [Arguments("#[\"a\\\"b\\u0041\",[{\"x\":1}]]", "a\"bA")]
    [Arguments("#[\"greet\"", "greet")]
    [Arguments("#[\"%@@asyncIterator\",[]]", null)]
    [Arguments("#[\"#undefined\",[]]", null)]
    [Arguments("#[7,[]]", null)]
    [Arguments("#[\"open", null)]
    [Arguments("#[\"open\\", null)]
    [Arguments("[\"greet\",[]]", null)]
    [Arguments("", null)]
    public async Task The_method_is_found_without_reading_on(string body, string? method) =>
        await Assert.That(Methargs.Method(new CapData(body, []))).IsEqualTo(method);

    [Test]
    public async Task A_name_without_end_is_not_looked_for_to_its_end() =>
        await Assert.That(Methargs.Method(new CapData("#[\"" + new string('x', 100_000) + "\",[]]", []))).IsNull();

    [Test]
    public async Task Plain_data_is_written_as_JSON_and_read_back()
    {
        Passable value = PassableReader.Read(new CapData("#{\"a\":[1,null,true,\"!#x\"],\"gone\":\"#undefined\"}", []));
        string json = PassableWriter.ToJson(value);
        await Assert.That(json).IsEqualTo("{\"a\":[1,null,true,\"#x\"]}");
        using JsonDocument document = JsonDocument.Parse(json);
        await Assert.That(PassableWriter.Write(PassableReader.FromJson(document.RootElement)).Body).IsEqualTo("#{\"a\":[1,null,true,\"!#x\"]}");
        await Assert.That(() => PassableWriter.ToJson(new Passable.List([new Passable.Promise("kp1")]))).Throws<FormatException>();
    }
}
