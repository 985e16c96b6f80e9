namespace Ocap.Vats.Tests.Engine;

/// <summary>Maps are data from outside: a bad one shows the bundle's own places, and nothing worse.</summary>
public class SourcePlacesTests
{
    [Test]
    [Arguments("")]
    [Arguments("nonsense")]
    [Arguments("1 a.js\n!!!")]
    [Arguments("x a.js\nEAC")]
    [Arguments("\n")]
    [Arguments("1 a.js\nEA")]
    [Arguments("1 a.js\nEAE")]
    [Arguments("1 a.js\nEAD")]
    [Arguments("1 a.js\ngggggggggg")]
    [Arguments("99999999999 a.js\nEAC")]
    public async Task A_map_that_makes_no_sense_is_ignored(string map)
    {
        await Assert.That(new SourcePlaces("a\nb", map).Of(1, 1)).IsNull();
        await Assert.That(Stack("throw new Error('x')", map)).Contains(" bundle:");
    }

    [Test]
    [Arguments(1, 3, null)]
    [Arguments(2, 4, "a.js:10:4")]
    [Arguments(3, 3, "a.js:11:5")]
    [Arguments(3, 5, "a.js:11:7")]
    [Arguments(4, 1, null)]
    public async Task What_no_record_says_follows_from_the_one_before(int line, int column, string? place)
    {
        // Line 2 is line 10 of a.js, a blank of indentation stands for two columns, and line 4 is nobody's.
        var places = new SourcePlaces("head\nfirst\n  indented\ntail", "2 a.js\nOACSUAD");
        await Assert.That(places.Of(line, column)).IsEqualTo(place);
    }

    [Test]
    public async Task Frames_that_are_not_the_bundle_s_stay()
    {
        var frames = new StackFrames { Places = new SourcePlaces("x", "1 a.js\nEAC") };
        await Assert.That(frames.AtHome("   at f (x) bundle:1:1\n   at other:2:3\n   at bundle:1:2\n   at bundle:\n   at bundle:7\n   at bundle:x:1"))
            .IsEqualTo("   at f (x) a.js:1:1\n   at other:2:3\n   at a.js:1:2\n   at bundle:\n   at bundle:7\n   at bundle:x:1");
    }

    private static string Stack(string statement, string map) =>
        VatBench.Run(vat => vat.EvaluateBundle(map, $"var __vatExports__ = (() => {{ try {{ {statement} }} catch (e) {{ return e.stack; }} }})()", map).ToString());
}
