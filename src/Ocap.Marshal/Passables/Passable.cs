namespace Ocap.Marshal.Passables;

/// <summary>
/// A value as the kernel's own services see it: marshalled data read in kernel space, where references are krefs. Vats never meet these.
/// </summary>
public abstract record Passable
{
    private Passable()
    {
    }

    /// <summary>JavaScript's <c>undefined</c>.</summary>
    public static readonly Passable Undefined = new Nothing(IsNull: false);

    /// <summary>JavaScript's <c>null</c>.</summary>
    public static readonly Passable Null = new Nothing(IsNull: true);

    /// <summary><c>undefined</c> or <c>null</c>.</summary>
    public sealed record Nothing(bool IsNull) : Passable;

    /// <summary>A boolean.</summary>
    public sealed record Flag(bool Value) : Passable;

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Passable;

    /// <summary>A bigint.</summary>
    public sealed record BigInt(System.Numerics.BigInteger Value) : Passable;

    /// <summary>A string.</summary>
    public sealed record Text(string Value) : Passable;

    /// <summary>A passable symbol, by its name: <c>@@asyncIterator</c>, or that of a registered one.</summary>
    public sealed record Symbol(string Name) : Passable;

    /// <summary>An array.</summary>
    public sealed record List(IReadOnlyList<Passable> Items) : Passable;

    /// <summary>A record; names are plain, not escaped.</summary>
    public sealed record Record(IReadOnlyList<KeyValuePair<string, Passable>> Entries) : Passable
    {
        /// <summary>The value under a name, or null.</summary>
        public Passable? Find(string name) => Entries.FirstOrDefault(entry => string.Equals(entry.Key, name, StringComparison.Ordinal)).Value;
    }

    /// <summary>A tagged value.</summary>
    public sealed record Tagged(string Tag, Passable Payload) : Passable;

    /// <summary>An error. What else it carried in the vat that made it (an id, a cause) does not come along.</summary>
    public sealed record Error(string Name, string Message) : Passable;

    /// <summary>An object somewhere else: a stand-in, of which the kernel knows its name alone.</summary>
    /// <param name="KRef">What the kernel calls it.</param>
    /// <param name="Iface">How its owner calls it: <c>Alleged: counter</c>.</param>
    public sealed record Remotable(string KRef, string Iface) : Passable
    {
        /// <summary>The interface of an object of which nobody said more (spec/cluster-config.md §4).</summary>
        public const string NoIface = "Alleged: undefined";
    }

    /// <summary>A promise somewhere else.</summary>
    public sealed record Promise(string KRef) : Passable;
}
