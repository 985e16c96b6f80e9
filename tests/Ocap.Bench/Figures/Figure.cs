namespace Ocap.Bench.Figures;

/// <summary>One line of the table.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">Of the samples.</param>
/// <param name="Target">From the project's targets, in the same unit; null for a floor or a figure without one.</param>
/// <param name="MoreIsBetter">For rates; else less is.</param>
internal sealed record Figure(string Name, string Unit, double? Target = null, bool MoreIsBetter = false)
{
    private readonly List<double> _samples = [];

    internal int Count => _samples.Count;

    /// <summary>The best sample: what the program can do when nothing is in its way.</summary>
    internal double Best => MoreIsBetter ? _samples.Max() : _samples.Min();

    internal double Median
    {
        get
        {
            double[] sorted = [.. _samples.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>Whether the median meets the target; null without one.</summary>
    internal bool? IsMet => Target is not { } target ? null : MoreIsBetter ? Median >= target : Median <= target;

    internal void Add(double sample) => _samples.Add(sample);
}
