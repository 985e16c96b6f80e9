using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Bench.InProcess;

/// <summary>Data as messages carry it: records of numbers, strings, a bigint, an array, a record and a remotable.</summary>
internal static class SampleData
{
    private const int Records = 40;

    internal static CapData CapData { get; } = Make();

    /// <summary>As JSON, for others.</summary>
    internal static string Json => JsonSerializer.Serialize(new { body = CapData.Body, slots = CapData.Slots });

    private static CapData Make()
    {
        string[] slots = ["o-50", "o-51", "o-52", "o-53"];
        StringBuilder body = new("#[");
        for (int i = 0; i < Records; i++)
        {
            int slot = i % slots.Length;
            string brand = i < slots.Length ? $"${slot}.Alleged: presence {slots[slot]}" : $"${slot}";
            body.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"amount":"+{{1_000_000_000_000_000_000 + (i * 7919)}}","brand":"{{brand}}","id":{{i}},"name":"item number {{i}}, for somebody","price":{"currency":"ATS","value":{{i}}.25},"tags":["one","two","three","!#four"]}""");
        }

        return new CapData(body.Append(']').ToString(), slots);
    }
}
