namespace Ocap.Marshal.Tests;

public class PrettifierTests
{
    [Test]
    [Arguments("\"0xca46b9\"", "\"0xca46b9\"")]
    [Arguments("42", "42")]
    [Arguments("1.50", "1.5")]
    [Arguments("null", "null")]
    [Arguments("true", "true")]
    [Arguments("\"$0\"", "\"<ko12>\"")]
    [Arguments("\"$0.Alleged: MyObj\"", "\"<ko12> (Alleged: MyObj)\"")]
    [Arguments("\"$0.a.b\"", "\"<ko12> (a.b)\"")]
    [Arguments("\"&1\"", "\"<kp42>\"")]
    [Arguments("\"$5\"", "\"<?5>\"")]
    [Arguments("\"$x\"", "\"$x\"")]
    [Arguments("\"!$0\"", "\"$0\"")]
    [Arguments("\"!!hello\"", "\"!hello\"")]
    [Arguments("\"+7\"", "\"7n\"")]
    [Arguments("\"-7\"", "\"-7n\"")]
    [Arguments("\"#undefined\"", "\"[undefined]\"")]
    [Arguments("\"#NaN\"", "\"[NaN]\"")]
    [Arguments("\"#-Infinity\"", "\"[-Infinity]\"")]
    [Arguments("\"%foo\"", "\"[Symbol: foo]\"")]
    [Arguments("\"%@@asyncIterator\"", "\"[Symbol: @@asyncIterator]\"")]
    [Arguments("{\"#tag\":\"match:any\",\"payload\":\"#undefined\"}", "{\"[Tagged: match:any]\":\"[undefined]\"}")]
    [Arguments("{\"#error\":\"boom\",\"name\":\"TypeError\"}", "\"[TypeError: boom]\"")]
    [Arguments("{\"\\ud800aaaaaaaa\":{\"#error\":\"x\",\"\\ud800aaaaaaaa\":1}}", "{\"\\ud800aaaaaaaa\":\"[Error: x]\"}")]
    [Arguments("{\"#error\":\"!#boom\"}", "\"[Error: #boom]\"")]
    [Arguments("{\"!#foo\":\"bar\"}", "{\"#foo\":\"bar\"}")]
    [Arguments("[{\"b\":\"+1\",\"a\":[\"$0\",\"\\n\"]}]", "[{\"b\":\"1n\",\"a\":[\"<ko12>\",\"\\n\"]}]")]
    public async Task A_value_is_shown_readably(string encoded, string shown) =>
        await Assert.That(Prettifier.Prettify(new CapData("#" + encoded, ["ko12", "kp42"]))).IsEqualTo(shown);

    [Test]
    public async Task A_body_without_the_smallcaps_mark_is_refused_with_its_first_twenty_characters() =>
        await Assert.That(() => Prettifier.Prettify(new CapData("\"hello, this is a long one\"", [])))
            .Throws<FormatException>().WithMessage("Expected body to start with '#', got: \"hello, this is a lo");

    [Test]
    public async Task A_body_that_is_no_json_is_refused() =>
        await Assert.That(() => Prettifier.Prettify(new CapData("#{", []))).Throws<FormatException>();

    [Test]
    public async Task Deeply_nested_values_are_shown()
    {
        string deep = new string('[', 500) + new string(']', 500);
        await Assert.That(Prettifier.Prettify(new CapData("#" + deep, []))).IsEqualTo(deep);
    }
}
