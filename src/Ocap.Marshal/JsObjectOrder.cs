using System.Globalization;

namespace Ocap.Marshal;

/// <summary>The order in which JavaScript lists, and so <c>JSON.stringify</c> prints, an object's own string keys.</summary>
public static class JsObjectOrder
{
    /// <summary>
    /// Reorders entries given in the order they were defined: array indexes first, ascending; then the others as defined.
    /// A key defined again keeps its place and takes the later value.
    /// </summary>
    public static List<KeyValuePair<string, T>> Arrange<T>(IEnumerable<KeyValuePair<string, T>> defined)
    {
        var named = new List<KeyValuePair<string, T>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        SortedList<uint, KeyValuePair<string, T>>? indexed = null;
        foreach (var entry in defined)
        {
            if (TryArrayIndex(entry.Key, out uint index))
            {
                (indexed ??= [])[index] = entry;
            }
            else if (places.TryGetValue(entry.Key, out int place))
            {
                named[place] = entry;
            }
            else
            {
                places.Add(entry.Key, named.Count);
                named.Add(entry);
            }
        }
        if (indexed is not null)
        {
            named.InsertRange(0, indexed.Values);
        }
        return named;
    }

    /// <summary>Whether a key is an array index, and so is listed before the others.</summary>
    public static bool IsArrayIndex(string key) => TryArrayIndex(key, out _);

    /// <summary>True for the canonical decimal text of 0 to 2^32 - 2.</summary>
    private static bool TryArrayIndex(string key, out uint index)
    {
        index = 0;
        return key.Length is > 0 and <= 10
            && (key[0] != '0' || key.Length == 1)
            && uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index != uint.MaxValue;
    }
}
