using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocap.Marshal.Tests;

public class JavaScriptAgreementTests
{
    private const int Samples = 2000;

    // Bits cross to Node as hex, so that nothing on the way can round or repair them.
    private const string Program = """
        const read = require('fs').readFileSync(0, 'latin1').trim().split('\n');
        const view = new DataView(new ArrayBuffer(8));
        const out = read.map(line => {
          const hex = line.slice(1);
          if (line[0] === 'n') { view.setBigUint64(0, BigInt('0x' + hex)); return String(view.getFloat64(0)); }
          if (line[0] === 'p') { return String(JSON.parse(hex)); }
          return Buffer.from(JSON.stringify((hex.match(/.{4}/g) ?? []).map(u => String.fromCharCode(parseInt(u, 16))).join('')), 'utf16le').toString('hex');
        });
        process.stdout.write(out.join('\n'));
        """;

    [Test]
    public async Task Numbers_and_quoted_strings_are_printed_as_Node_prints_them()
    {
        var random = new Random(20261123);
        double[] numbers = [.. NotableNumbers(), .. Enumerable.Range(0, Samples).Select(i => RandomNumber(random, i))];
        string[] strings = [.. NotableStrings(), .. Enumerable.Range(0, Samples).Select(_ => RandomString(random))];
        string[] literals = ["1e400", "-1e400", "-0", "123456789012345678901234567890", "0.1e1", "1E-400", "9007199254740993", "1e99999999999", "2.2250738585072011e-308"];

        var input = new StringBuilder();
        foreach (double number in numbers)
        {
            input.Append(CultureInfo.InvariantCulture, $"n{BitConverter.DoubleToUInt64Bits(number):x16}\n");
        }
        foreach (string literal in literals)
        {
            input.Append(CultureInfo.InvariantCulture, $"p{literal}\n");
        }
        foreach (string text in strings)
        {
            input.Append('s').AppendJoin("", text.Select(c => ((int)c).ToString("x4", CultureInfo.InvariantCulture))).Append('\n');
        }
        string[] answers = (await NodeProcess.RunAsync(Program, input.ToString())).Split('\n');

        string[] ours =
        [
            .. numbers.Select(JsNumber.ToText),
            .. literals.Select(l => JsNumber.ToText(JsonNumberText.ToDouble(JsonDocument.Parse(l).RootElement))),
            .. strings.Select(s => Convert.ToHexStringLower(Encoding.Unicode.GetBytes(SmallcapsText.QuoteJson(s)))),
        ];
        await Assert.That(answers.Length).IsEqualTo(ours.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            await Assert.That(ours[i]).IsEqualTo(answers[i]);
        }
    }

    private static double[] NotableNumbers() =>
    [
        0, -0.0, 1, -1, 0.1, -0.1, 1e21, 1e20, 123456789012345680000.0, 1e-6, 1e-7, 1.5e-7, 5e-324, double.MaxValue, double.MinValue, double.Epsilon,
        9007199254740991, 9007199254740992, 9007199254740994, 1e22, 1.7976931348623157e308, 4.35, 0.000001234, double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, 2.2250738585072014e-308, 100, 1e2, 1.0e10,
    ];

    private static string[] NotableStrings() => ["", "\"", "\\", "\b\f\n\r\t\v\0\u001f\u007f\u2028\u2029", "\ud800", "\udc00", "\ud83d\ude00", "\ude00\ud83d", "a\ud83d", "</script>", "é"];

    private static double RandomNumber(Random random, int i) => (i % 4) switch
    {
        0 => BitConverter.UInt64BitsToDouble((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
        1 => random.NextDouble() * Math.Pow(10, random.Next(-12, 26)),
        2 => random.NextInt64(),
        _ => Math.Round(random.NextDouble() * 1000, random.Next(0, 6)),
    };

    private static string RandomString(Random random)
    {
        var text = new char[random.Next(0, 12)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)(random.Next(4) switch
            {
                0 => random.Next(0, 0x80),
                1 => random.Next(0xD7F0, 0xE010),
                2 => random.Next(0, 0x30),
                _ => random.Next(0, 0x10000),
            });
        }
        return new string(text);
    }
}
