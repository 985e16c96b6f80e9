using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocap.Vats.Global.Dates;
using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

/// <summary>Dates from texts, compared with Node.</summary>
public sealed class DateTextTests
{
    private static readonly string[] Written =
    [
        "", " ", "0", "1", "12", "13", "32", "49", "50", "99", "100", "2026", "02026", "+002026", "-002026", "-000000", "+275760-09-13T00:00:00.000Z", "+275760-09-13T00:00:00.001Z",
        "-271821-04-20T00:00:00.000Z", "-271821-04-19T23:59:59.999Z", "2026-11", "2026-11-29", "2026-13-01", "2026-02-31", "2026-11-29T", "2026-11-29T10", "2026-11-29T10:00",
        "2026-11-29T10:00Z", "2026-11-29t10:00:00.1z", "2026-11-29T10:00:00.123456789+01:30", "2026-11-29T10:00:00+0130", "2026-11-29T10:00:00+01", "2026-11-29T24:00", "2026-11-29T24:00:01",
        "2026-11-29T25:00", "2026-11-29T10:60", "2026-11-29 10:00", "2026-11-29 10:00:00.5", "2026-11-29 10:00Z", "2026-11-29 10:00 +0100", "2026-1-2", "2026/11/29", "2026/13/1", "1999/13/1",
        "11/29/2026", "13/1/1999", "11/29", "1/2", "11/29/26", "4/31/99", "2/30/2020", "32/1/1", "1/1/32", "Nov 29, 2026", "29 Nov 2026", "29-Nov-2026", "November 29 2026 10:00 pm", "May 12", "12 May", "May 99",
        "May", "Sunday", "Sun Nov 29 2026 10:00:00 GMT+0100 (Central European Standard Time)", "Sun, 29 Nov 2026 10:00:00 GMT", "Jan 1 2020 10:00 GMT+0100", "Jan 1 2020 10:00 UTC+2", "1 Jan 2020 10:00:00 GMT+0530",
        "2020-01-01 10:00:00 GMT+0530", "12:00", "T10:00", "10:00 PM", "1am", "10:00Z", "Sunday 10:00", "1997-03-08 11", "1997-3-8T11:19:20", "1997-03-08T1:19", "1997-03-08T11:19:10-07", "Jan 1 2020 12:00 am",
        "Jan 1 2020 12:00 pm", "Jan 1 2020 13:00 pm", "Jan 1 2020 0:00 pm", "Jan 1 2020 1::2", "Jan 1 2020 10:00:00.5", "Jan 1 2020 10:00:00.5555", "Jan 1 2020 EST", "Jan 1 2020 PDT", "Jan 1 2020 Z", "Jan 1 2020 X",
        "X Jan 1 2020", "X1 Jan 2020", "(comment) Jan 1 2020", "Jan 1 2020 (a (b) c", "Jan 1 2020)", "1 2 3 4", "2020 Jan 1 GMT-8", "2020 Jan 1 GMT-0830", "2020 Jan 1 GMT-08:30", "2020 Jan 1 GMT-", "2020 Jan 1 GMT-12345",
        "1e3", "abc", "12.5", "1.2.2020", "1,2,2020", "Jan\u00a01\u30002020", "\ufeff2020-01-01", "2020-01-01\n", "janvier 1 2020", "Jan1 2020", "2020Jan1", "10:00 2020-01-01", "99999999999", "Jan 1 999999", "Jan 1 275761",
    ];

    private static readonly string[] Parts =
    [
        "1", "2", "12", "13", "29", "31", "32", "59", "60", "00", "01", "09", "024", "99", "100", "999", "1999", "2026", "+002026", "-000001", "123456789", "Jan", "february", "MAY", "sept", "Dec", "Mon", "Sunday", "am", "PM", "a.m.",
        "Z", "UTC", "GMT", "EST", "pdt", "T", "t", "x", "Th", ":", ":", ":", "::", ".", "-", "-", "+", "/", "/", ",", " ", " ", " ", " ", "\t", "(", ")", "(x)", "T10:00", "10:30", "10:30:15", "10:30:15.25", "2026-11-29", "2026-11", "+0100",
        "-08:30", "+5", "\u00a0", "é", "_", "'", "[", "01/02/03", "5th",
    ];

    [Test]
    public async Task A_text_is_the_date_that_it_is_in_Node()
    {
        var random = new Random(20_261_129);
        string[] texts = [.. Written, .. Enumerable.Range(0, 60_000).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(9)).Select(_ => Parts[random.Next(Parts.Length)])))];
        double?[] theirs = JsonSerializer.Deserialize<double?[]>(NpmBundles.NodeWithInput("dates.mjs", JsonSerializer.Serialize(texts)))!;
        var different = new StringBuilder();
        int dates = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            double ours = DateText.Parse(texts[i]);
            if (!double.IsNaN(ours)) dates++;
            if (!(theirs[i] ?? double.NaN).Equals(ours)) different.AppendLine(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(texts[i])}: Node {theirs[i]}, ours {ours}");
        }

        await Assert.That(different.ToString()).IsEmpty();
        await Assert.That(dates).IsGreaterThan(2_000);
    }

    [Test]
    [Arguments("Date.parse('12:00')", "NaN")]
    [Arguments("+new Date('10:00 PM')", "NaN")]
    [Arguments("new Date('11/29').toISOString()", "2001-11-29T00:00:00.000Z")]
    [Arguments("new Date({ toString: () => '2026-11-29' }).toISOString()", "2026-11-29T00:00:00.000Z")]
    [Arguments("new Date(new Date('2026-11-29T10:00:00.5+01:00')).toISOString()", "2026-11-29T09:00:00.500Z")]
    [Arguments("new Date('0').getTime() === new Date(2000, 0).getTime()", "true")]
    [Arguments("new Date(0).getTime() + new Date(null).getTime() + new Date(false).getTime()", "0")]
    [Arguments("(() => { try { return Date.parse(Symbol('x')); } catch (e) { return e.name; } })()", "TypeError")]
    [Arguments("new (class extends Date {})('2026-11-29').toISOString()", "2026-11-29T00:00:00.000Z")]
    public async Task No_text_tells_a_vat_what_day_it_is(string code, string value) => await Assert.That(VatBench.Value(code)).IsEqualTo(value);
}
