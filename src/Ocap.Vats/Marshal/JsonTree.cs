using System.Globalization;
using System.Text;
using Ocap.Marshal;

namespace Ocap.Vats.Marshal;

/// <summary>
/// A JSON text as a tree. Unlike <c>System.Text.Json</c> it keeps lone surrogates, which JavaScript strings may hold,
/// and orders properties as a JavaScript object does.
/// </summary>
internal abstract record JsonTree
{
    /// <summary>How deeply arrays and objects may nest, here and in everything that is marshalled.</summary>
    internal const int MaxDepth = 1000;

    internal sealed record Null : JsonTree
    {
        internal static Null Instance { get; } = new();
    }

    internal sealed record Bool(bool Value) : JsonTree
    {
        internal static Bool True { get; } = new(true);

        internal static Bool False { get; } = new(false);
    }

    internal sealed record Number(double Value) : JsonTree;

    internal sealed record Text(string Value) : JsonTree;

    internal sealed record List(IReadOnlyList<JsonTree> Items) : JsonTree;

    internal sealed record Record(IReadOnlyList<KeyValuePair<string, JsonTree>> Entries) : JsonTree
    {
        /// <summary>Whether a name may begin with <c>#</c>, as those do that say what a record stands for.</summary>
        internal bool HasMark { get; init; } = true;

        internal JsonTree? this[string name]
        {
            get
            {
                foreach ((string key, JsonTree value) in Entries)
                {
                    if (string.Equals(key, name, StringComparison.Ordinal))
                    {
                        return value;
                    }
                }

                return null;
            }
        }
    }

    /// <exception cref="FormatException">The text is no JSON.</exception>
    internal static JsonTree Parse(string text)
    {
        var reader = new Reader(text);
        JsonTree tree = reader.Value(0);
        reader.End();
        return tree;
    }

    private ref struct Reader(string text)
    {
        private int _at;

        internal JsonTree Value(int depth)
        {
            Space();
            if (depth > MaxDepth)
            {
                throw new FormatException($"JSON nests deeper than {MaxDepth} levels");
            }

            switch (Peek())
            {
                case '{':
                    return ReadRecord(depth);
                case '[':
                    return ReadList(depth);
                case '"':
                    return new Text(ReadString());
                case 't':
                    return Word("true", Bool.True);
                case 'f':
                    return Word("false", Bool.False);
                case 'n':
                    return Word("null", Null.Instance);
                default:
                    return ReadNumber();
            }
        }

        internal void End()
        {
            Space();
            if (_at != text.Length)
            {
                throw Unexpected();
            }
        }

        private List ReadList(int depth)
        {
            List<JsonTree> items = [];
            _at++;
            Space();
            if (Peek() == ']')
            {
                _at++;
                return new List(items);
            }

            while (true)
            {
                items.Add(Value(depth + 1));
                Space();
                if (Take() is var c && c == ']')
                {
                    return new List(items);
                }

                Require(c == ',');
            }
        }

        private Record ReadRecord(int depth)
        {
            List<KeyValuePair<string, JsonTree>> entries = [];
            bool hasIndex = false, hasMark = false;
            _at++;
            Space();
            if (Peek() == '}')
            {
                _at++;
                return new Record(entries);
            }

            while (true)
            {
                Space();
                Require(Peek() == '"');
                string name = ReadString();
                hasIndex |= name.Length > 0 && char.IsAsciiDigit(name[0]);
                hasMark |= name.StartsWith('#');
                Space();
                Require(Take() == ':');
                Put(entries, name, Value(depth + 1));
                Space();
                if (Take() is var c && c == '}')
                {
                    return new Record(hasIndex ? JsObjectOrder.Arrange(entries) : entries) { HasMark = hasMark };
                }

                Require(c == ',');
            }
        }

        private static void Put(List<KeyValuePair<string, JsonTree>> entries, string name, JsonTree value)
        {
            for (int i = 0; i < entries.Count && entries.Count <= 16; i++)
            {
                if (string.Equals(entries[i].Key, name, StringComparison.Ordinal))
                {
                    entries[i] = new(name, value);
                    return;
                }
            }

            entries.Add(new(name, value));
        }

        private JsonTree ReadNumber()
        {
            int start = _at;
            while (_at < text.Length && text[_at] is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
            {
                _at++;
            }

            return double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? new Number(value)
                : throw Unexpected();
        }

        private string ReadString()
        {
            int start = ++_at;
            int end = text.AsSpan(start).IndexOfAny('"', '\\');
            Require(end >= 0);
            if (text[start + end] == '"')
            {
                _at = start + end + 1;
                return text.Substring(start, end);
            }

            var builder = new StringBuilder();
            for (char c = Take(); c != '"'; c = Take())
            {
                builder.Append(c == '\\' ? Escaped() : c);
            }

            return builder.ToString();
        }

        private char Escaped()
        {
            char c = Take();
            switch (c)
            {
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    Require(_at + 4 <= text.Length);
                    _at += 4;
                    return (char)ushort.Parse(text.AsSpan(_at - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                default:
                    Require(c is '"' or '\\' or '/');
                    return c;
            }
        }

        private JsonTree Word(string word, JsonTree value)
        {
            Require(text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal));
            _at += word.Length;
            return value;
        }

        private void Space()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\r' or '\t')
            {
                _at++;
            }
        }

        private readonly char Peek() => _at < text.Length ? text[_at] : '\0';

        private char Take() => _at < text.Length ? text[_at++] : throw Unexpected();

        private readonly void Require(bool condition)
        {
            if (!condition)
            {
                throw Unexpected();
            }
        }

        private readonly FormatException Unexpected() =>
            _at < text.Length ? new FormatException($"Unexpected character {SmallcapsText.QuoteJson(text[_at].ToString())} at position {_at} of JSON") : new FormatException("Unexpected end of JSON input");
    }
}
