using System.Globalization;

namespace Ocap.Kernel.State;

/// <summary>Counters kept as decimal text.</summary>
internal static class Counter
{
    internal static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static long Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new KernelInvariantException($"not a number: \"{text}\"");

    internal static long Get(StateView view, string key, long absent) => view.Get(key) is { } text ? Parse(text) : absent;

    /// <summary>Returns the counter's value and moves it on by one.</summary>
    internal static long Take(StateView view, string key)
    {
        long value = Get(view, key, 1);
        view.Put(key, Text(value + 1));
        return value;
    }
}
