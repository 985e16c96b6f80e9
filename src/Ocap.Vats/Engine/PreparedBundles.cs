using Acornima.Ast;
using Jint;

namespace Ocap.Vats;

/// <summary>
/// Parsed bundles, shared by all engines of the process. Parsing 200 KB takes some 15 ms, a parsed script is immutable, and the vats of one cluster, or one
/// vat restarted, often run the same bundle. One that an engine runs is found for as long as that engine keeps it; of those that no engine runs the newest
/// stay, bounded by the characters of source they stand for: a tree takes some 22 bytes a character, of the room that vats have.
/// </summary>
internal sealed class PreparedBundles(long mostCharacters)
{
    /// <summary>What stack traces call a bundle.</summary>
    internal const string SourceName = "bundle";

    // So many are known before those that are gone are forgotten.
    private const int Most = 64;

    internal static PreparedBundles Shared { get; } = new(512 << 10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Hash, TimeSpan RegexTimeout), WeakReference<PreparedBundle>> _byKey = [];
    private readonly LinkedList<PreparedBundle> _newestFirst = [];
    private long _characters;

    /// <summary>The parsed form of a bundle.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="regexTimeout">How long a match of its regular expressions may take.</param>
    /// <param name="read">Reads it, if that has not been done before.</param>
    /// <exception cref="BundleException">It is none, or its code does not parse.</exception>
    internal PreparedBundle Get(string hash, TimeSpan regexTimeout, Func<BundleText> read)
    {
        var key = (hash, regexTimeout);
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var kept) && kept.TryGetTarget(out var known))
            {
                Keep(known);
                return known;
            }
        }
        var text = read();
        var script = Parse(text.Wrapped, regexTimeout);
        var bundle = new PreparedBundle(script, text.Places is { } places ? new SourcePlaces(text.Code, places) : null, text.Wrapped.Length);
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var kept) && kept.TryGetTarget(out var first)) return first;
            _byKey[key] = new WeakReference<PreparedBundle>(bundle);
            Keep(bundle);
            if (_byKey.Count > Most) Sweep();
        }
        return bundle;
    }

    /// <summary>Makes a bundle the newest, and lets go of the oldest that there is no room for.</summary>
    private void Keep(PreparedBundle bundle)
    {
        if (bundle.Characters > mostCharacters) return;
        if (!_newestFirst.Remove(bundle)) _characters += bundle.Characters;
        _newestFirst.AddFirst(bundle);
        for (; _characters > mostCharacters; _newestFirst.RemoveLast()) _characters -= _newestFirst.Last!.Value.Characters;
    }

    private void Sweep()
    {
        foreach (var (key, kept) in _byKey)
        {
            if (!kept.TryGetTarget(out _)) _byKey.Remove(key);
        }
    }

    private static Prepared<Script> Parse(string wrapped, TimeSpan regexTimeout)
    {
        var options = new ScriptPreparationOptions
        {
            ParsingOptions = new ScriptParsingOptions { RegexTimeout = regexTimeout, RetainFunctionSourceText = true, Tolerant = false },
        };
        try
        {
            var script = Jint.Engine.PrepareScript(wrapped, SourceName, strict: true, options);
            FunctionNodes.Adjust(script);
            return script;
        }
        catch (ScriptPreparationException unparsable)
        {
            throw new BundleException($"The bundle's code does not parse: {unparsable.InnerException?.Message ?? unparsable.Message}");
        }
        catch (InsufficientExecutionStackException)
        {
            throw new BundleException("The bundle's code is nested too deeply to parse.");
        }
    }
}

/// <summary>A parsed bundle.</summary>
/// <param name="script">Its value is the bundle's exports.</param>
/// <param name="places">Where the code came from, if the bundle says.</param>
/// <param name="characters">The length of its source.</param>
internal sealed class PreparedBundle(Prepared<Script> script, SourcePlaces? places, int characters)
{
    internal Prepared<Script> Script => script;

    internal SourcePlaces? Places => places;

    internal int Characters => characters;
}
