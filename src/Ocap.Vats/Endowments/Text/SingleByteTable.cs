using System.Collections.Frozen;

namespace Ocap.Vats.Endowments.Text;

/// <summary>The encodings of the web in which every byte is a character (Encoding standard §9), from <c>single-byte.txt</c>.</summary>
/// <param name="Name">The encoding's name.</param>
/// <param name="Labels">What it may be asked for by.</param>
/// <param name="Upper">The characters of the bytes from 0x80; U+FFFD where there is none.</param>
internal sealed record SingleByteTable(string Name, string[] Labels, string Upper)
{
    private static readonly Lazy<FrozenDictionary<string, SingleByteTable>> Tables = new(static () =>
        Read().SelectMany(static table => table.Labels.Select(label => (label, table))).ToFrozenDictionary(static entry => entry.label, static entry => entry.table, StringComparer.Ordinal));

    /// <summary>By label, in small letters; or null.</summary>
    internal static SingleByteTable? Find(string label) => Tables.Value.GetValueOrDefault(label);

    // A line is name|labels|characters; a point stands for the character with the number of the byte.
    private static IEnumerable<SingleByteTable> Read()
    {
        using Stream stream = typeof(SingleByteTable).Assembly.GetManifestResourceStream("single-byte.txt")
            ?? throw new InvalidOperationException("The table of encodings is not in the executable.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] columns = line.Split('|');
            yield return new SingleByteTable(columns[0], columns[1].Split(' '), string.Concat(columns[2].Select(static (c, i) => c == '.' ? (char)(0x80 + i) : c)));
        }
    }
}
