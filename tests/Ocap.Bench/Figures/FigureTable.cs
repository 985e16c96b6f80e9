using System.Globalization;
using System.Text.Json;

namespace Ocap.Bench.Figures;

/// <summary>All figures in the order in which they were first measured.</summary>
internal sealed class FigureTable
{
    private readonly List<Figure> _figures = [];

    internal Figure this[Figure kind]
    {
        get
        {
            Figure? known = _figures.Find(figure => string.Equals(figure.Name, kind.Name, StringComparison.Ordinal));
            if (known is null)
            {
                _figures.Add(known = kind);
            }

            return known;
        }
    }

    internal void Add(double sample, string name, string unit, double? target = null, bool moreIsBetter = false) =>
        this[new Figure(name, unit, target, moreIsBetter)].Add(sample);

    internal void WriteText(TextWriter text)
    {
        int width = _figures.Max(static figure => figure.Name.Length);
        text.WriteLine($"{"figure".PadRight(width)}  {"best",10}  {"median",10}  {"unit",-9}  {"runs",4}  {"target",9}");
        foreach (Figure figure in _figures)
        {
            string target = figure.Target is { } wanted ? (figure.MoreIsBetter ? "≥ " : "≤ ") + Short(wanted) : "";
            string verdict = figure.IsMet is false ? "  missed" : "";
            text.WriteLine($"{figure.Name.PadRight(width)}  {Short(figure.Best),10}  {Short(figure.Median),10}  {figure.Unit,-9}  {figure.Count,4}  {target,9}{verdict}");
        }
    }

    internal void WriteJson(Stream stream, string machine)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("machine", machine);
        json.WriteStartArray("figures");
        foreach (Figure figure in _figures)
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WriteString("unit", figure.Unit);
            json.WriteNumber("best", figure.Best);
            json.WriteNumber("median", figure.Median);
            json.WriteNumber("runs", figure.Count);
            if (figure.Target is { } target)
            {
                json.WriteNumber("target", target);
                json.WriteBoolean("met", figure.IsMet is true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Short(double value) => value.ToString(
        Math.Abs(value) switch { >= 1000 => "# ##0", >= 10 => "0.#", >= 1 => "0.##", _ => "0.###" }, CultureInfo.InvariantCulture);
}
