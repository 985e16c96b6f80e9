using Ocap.Kernel.Store;

namespace Ocap.Vats.Hosting;

/// <summary>
/// Rows of a vat's store that came with others that were asked for, since each question is a way to the daemon and back. Who goes through the keys of a
/// collection, or through the instances of a kind, in their order asks for the next ones soon, and who adds entries in that order asks whether each is
/// new: both are answered by a stretch of the store that is known. One is kept for each kind of key that a crank reads; it grows as long as it is of use.
/// Good for one crank, in which what is committed does not change.
/// </summary>
internal sealed class RowsAhead
{
    private const int MostRows = 64;
    private const int FirstRows = 4;

    // Of random keys, every sixth comes behind two smaller ones: those seldom cost more than they save.
    private const int InOrder = 2;

    private const int MostStreams = 8;

    // The one used last comes first.
    private readonly List<Stream> _streams = [];

    internal void Forget() => _streams.Clear();

    /// <summary>The value of a key, or null when there is none; false when that is not known here.</summary>
    internal bool TryGet(string key, out string? value)
    {
        value = null;
        if (Find(key) is not { } stream || !stream.Window.TryGet(key, out value))
        {
            return false;
        }

        stream.WasUseful = true;
        return true;
    }

    /// <summary>The row behind a key, or null when there is none; false when that is not known here.</summary>
    internal bool TryNext(string key, out KeyValuePair<string, string>? row)
    {
        row = null;
        if (Find(key) is not { } stream || !stream.Window.TryNext(key, out row))
        {
            return false;
        }

        stream.WasUseful = true;
        return true;
    }

    /// <summary>How many rows behind a key to ask for together with its value.</summary>
    internal int WantedWith(string key)
    {
        if (Find(key) is not { } stream || CodePointOrder.Instance.Compare(key, stream.Window.Last) <= 0)
        {
            return 0;
        }

        return stream.Asked > 0
            ? (stream.WasUseful ? Math.Min(4 * stream.Asked, MostRows) : 0)
            : stream.Ascents + 1 >= InOrder ? FirstRows : 0;
    }

    /// <summary>How many rows behind a key to ask for: one, and more and more when that goes on from the last ones.</summary>
    internal int WantedBehind(string key) =>
        Find(key) is { Window: { Rows.Count: > 0 } window } && string.Equals(window.Last, key, StringComparison.Ordinal) ? Math.Min(4 * window.Rows.Count, MostRows) : 1;

    /// <summary>Keeps the value of a key and the rows behind it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value, or null when there is none.</param>
    /// <param name="behind">What follows it, in order.</param>
    /// <param name="hasMore">There may be more rows behind these.</param>
    /// <param name="asked">How many had been asked for.</param>
    internal void TakeWith(string key, string? value, List<KeyValuePair<string, string>> behind, bool hasMore, int asked)
    {
        if (value is not null)
        {
            behind.Insert(0, new(key, value));
        }

        Keep(key, new RowWindow(key, IncludesFrom: true, behind, hasMore), asked);
    }

    /// <summary>Keeps the rows behind a key; the first of them, or null.</summary>
    /// <inheritdoc cref="TakeWith"/>
    internal KeyValuePair<string, string>? TakeBehind(string key, List<KeyValuePair<string, string>> behind, bool hasMore, int asked)
    {
        Keep(key, new RowWindow(key, IncludesFrom: false, behind, hasMore), asked);
        return behind.Count > 0 ? behind[0] : null;
    }

    private void Keep(string key, RowWindow window, int asked)
    {
        Stream? stream = Find(key);
        if (stream is null)
        {
            stream = new Stream(key[..StreamLength(key)], window);
            _streams.Insert(0, stream);
            if (_streams.Count > MostStreams)
            {
                _streams.RemoveAt(MostStreams);
            }
        }
        else
        {
            stream.Ascents = asked == 0 && stream.Asked == 0 && CodePointOrder.Instance.Compare(key, stream.Window.Last) > 0 ? stream.Ascents + 1 : 0;
            stream.Window = window;
        }

        stream.Asked = asked;
        stream.WasUseful = false;
    }

    private Stream? Find(string key)
    {
        ReadOnlySpan<char> prefix = key.AsSpan(0, StreamLength(key));
        for (int i = 0; i < _streams.Count; i++)
        {
            Stream stream = _streams[i];
            if (prefix.SequenceEqual(stream.Prefix))
            {
                if (i > 0)
                {
                    _streams.RemoveAt(i);
                    _streams.Insert(0, stream);
                }

                return stream;
            }
        }

        return null;
    }

    /// <summary>What keys have in common that are read one after the other: the collection (<c>vc.4.</c>), or the kind (<c>vom.o+d10/</c>).</summary>
    private static int StreamLength(string key) =>
        (key.StartsWith("vc.", StringComparison.Ordinal) ? key.IndexOf('.', 3) : key.AsSpan().LastIndexOfAny('.', '/')) + 1;

    private sealed class Stream(string prefix, RowWindow window)
    {
        internal string Prefix { get; } = prefix;

        internal RowWindow Window { get; set; } = window;

        /// <summary>How many rows had been asked for besides the one that was wanted.</summary>
        internal int Asked { get; set; }

        /// <summary>The window has answered a question since.</summary>
        internal bool WasUseful { get; set; }

        /// <summary>How many single questions in a row were each for a greater key than the one before.</summary>
        internal int Ascents { get; set; }
    }
}
