using Acornima.Ast;
using Jint;

namespace Ocap.Vats;

/// <summary>
/// Parsed bundles, shared by all engines of the process and bounded by the characters of source they stand for. Parsing 200 KB takes some
/// 15 ms, a parsed script is immutable, and the vats of one cluster, or one vat restarted, often run the same bundle.
/// </summary>
internal sealed class PreparedBundles(long mostCharacters)
{
    /// <summary>What stack traces call a bundle.</summary>
    internal const string SourceName = "bundle";

    internal static PreparedBundles Shared { get; } = new(16L << 20);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Hash, TimeSpan RegexTimeout), LinkedListNode<Entry>> _byKey = [];
    private readonly LinkedList<Entry> _newestFirst = [];
    private long _characters;

    private sealed record Entry((string Hash, TimeSpan RegexTimeout) Key, PreparedBundle Bundle, int Characters);

    /// <summary>The parsed form of a bundle's code.</summary>
    /// <exception cref="BundleException">The code does not parse.</exception>
    internal Prepared<Script> Get(string hash, string code, TimeSpan regexTimeout) => Get(hash, regexTimeout, () => BundleText.Of(code)).Script;

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
            if (_byKey.TryGetValue(key, out var known))
            {
                _newestFirst.Remove(known);
                _newestFirst.AddFirst(known);
                return known.Value.Bundle;
            }
        }
        var text = read();
        var bundle = new PreparedBundle(Parse(text.Wrapped, regexTimeout), text.Places is { } places ? new SourcePlaces(text.Code, places) : null);
        lock (_lock)
        {
            if (!_byKey.ContainsKey(key)) Keep(new Entry(key, bundle, text.Wrapped.Length));
        }
        return bundle;
    }

    private void Keep(Entry entry)
    {
        if (entry.Characters > mostCharacters) return;
        _byKey.Add(entry.Key, _newestFirst.AddFirst(entry));
        _characters += entry.Characters;
        while (_characters > mostCharacters)
        {
            var oldest = _newestFirst.Last!.Value;
            _newestFirst.RemoveLast();
            _byKey.Remove(oldest.Key);
            _characters -= oldest.Characters;
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
            FunctionNodes.Adjust(script, wrapped);
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
/// <param name="Script">Its value is the bundle's exports.</param>
/// <param name="Places">Where the code came from, if the bundle says.</param>
internal sealed record PreparedBundle(Prepared<Script> Script, SourcePlaces? Places);
