using System.Text;
using System.Text.Json;
using Ocap.Rpc.Text;

namespace Ocap.Daemon.Tests.Framing;

/// <summary>The golden file holds texts and what Node 20 says about them; newer versions add line and column.</summary>
internal sealed class JsonComplaintTests
{
    public static IEnumerable<(string Text, string Complaint)> Golden() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", "json-complaints.jsonl"))
            .Select(line => JsonElement.Parse(line))
            .Select(pair => (pair[0].GetString()!, pair[1].GetString()!));

    [Test]
    [MethodDataSource(nameof(Golden))]
    public async Task A_text_that_is_no_JSON_is_complained_about_in_JavaScripts_words(string text, string complaint)
    {
        string ours = JsonComplaint.About(Encoding.UTF8.GetBytes(text));
        int place = ours.IndexOf(" (line ", StringComparison.Ordinal);
        await Assert.That(place < 0 ? ours : ours[..place]).IsEqualTo(complaint);
        await Assert.That(place >= 0).IsEqualTo(complaint.Contains("at position", StringComparison.Ordinal));
    }

    [Test]
    public async Task Line_and_column_are_counted_from_one() =>
        await Assert.That(JsonComplaint.About("{\r\"é\":1,\r x}"u8)).IsEqualTo("Expected double-quoted property name in JSON at position 10 (line 3 column 2)");

    [Test]
    public async Task A_cut_never_splits_a_character() =>
        await Assert.That(JsonComplaint.About("[😀😀😀😀😀😀😀😀😀😀😀😀]"u8)).IsEqualTo("Unexpected token '😀', \"[😀😀😀😀😀\"... is not valid JSON");

    [Test]
    public async Task Depth_does_not_matter() =>
        await Assert.That(JsonComplaint.About(Encoding.UTF8.GetBytes(new string('[', 100_000)))).IsEqualTo("Unexpected end of JSON input");
}
