using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Texts that are no JSON: what V8 finds wrong with them first.</summary>
internal static class JsonWords
{
    private const int Context = 10, MostShown = 40;

    internal static string? Of(ErrorSite site, string message)
    {
        if (!message.Contains(" in JSON at position ", StringComparison.Ordinal) && !message.StartsWith("Unexpected end of JSON input", StringComparison.Ordinal)) return null;
        if (NativeCall.At(site) is not { Method: "parse" } call || call.Argument(site, 0) is not { } text) return message.StartsWith("Unexpected end of JSON input", StringComparison.Ordinal) ? "Unexpected end of JSON input" : null;
        return new Reader(text, site.Glimpse.Of(call.Arguments.FirstOrDefault()) is JsString).Fault();
    }

    /// <summary>Reads a text as far as it is JSON.</summary>
    private sealed class Reader(string text, bool isText)
    {
        private const int Deepest = 250;

        private int _at;
        private string? _fault;
        private bool _isTooDeep;

        internal string? Fault()
        {
            Value(0);
            if (_isTooDeep) return null;
            if (_fault is null && Peek() is not null) Fail("Unexpected non-whitespace character after JSON", "");
            return _fault;
        }

        private char? Peek()
        {
            while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
            return _at < text.Length ? text[_at] : null;
        }

        private void Fail(string words, string where = " in JSON")
        {
            int line = 1, start = 0;
            for (int i = 0; i < _at && i < text.Length; i++)
            {
                if (text[i] != '\n') continue;
                line++;
                start = i + 1;
            }
            _fault ??= $"{words}{where} at position {_at} (line {line} column {_at - start + 1})";
        }

        private void Unexpected()
        {
            if (_at >= text.Length) _fault ??= "Unexpected end of JSON input";
            else if (text[_at] is '"') Fail("Unexpected string");
            else if (char.IsAsciiDigit(text[_at]) || text[_at] is '-') Fail("Unexpected number");
            else if (!isText || text is "NaN" or "Infinity" or "undefined") _fault ??= $"\"{text}\" is not valid JSON";
            else _fault ??= $"Unexpected token '{text[_at]}', {Around()} is not valid JSON";
        }

        private string Around()
        {
            if (text.Length <= MostShown) return $"\"{text}\"";
            int start = _at < Context ? 0 : _at - Context, end = _at >= text.Length - Context ? text.Length : _at + Context;
            return $"{(start > 0 ? "..." : "")}\"{text[start..end]}\"{(end < text.Length ? "..." : "")}";
        }

        private void Value(int depth)
        {
            if (_isTooDeep |= depth > Deepest) _fault = "";
            if (_fault is not null) return;
            switch (Peek())
            {
                case '{': Members(depth); break;
                case '[': Elements(depth); break;
                case '"': Text(); break;
                case 't': Word("true"); break;
                case 'f': Word("false"); break;
                case 'n': Word("null"); break;
                case '-' or (>= '0' and <= '9'): Number(); break;
                default: Unexpected(); break;
            }
        }

        private void Word(string word)
        {
            foreach (char c in word)
            {
                if (_at >= text.Length || text[_at] != c)
                {
                    Unexpected();
                    return;
                }
                _at++;
            }
        }

        private void Members(int depth)
        {
            _at++;
            if (Peek() is '}')
            {
                _at++;
                return;
            }
            for (string missing = "Expected property name or '}'"; _fault is null; missing = "Expected double-quoted property name")
            {
                if (Peek() is not '"')
                {
                    Fail(missing);
                    return;
                }
                Text();
                if (_fault is not null) return;
                if (Peek() is not ':')
                {
                    Fail("Expected ':' after property name");
                    return;
                }
                _at++;
                Value(depth + 1);
                if (_fault is not null) return;
                char? next = Peek();
                if (next is ',' or '}') _at++;
                if (next is '}') return;
                if (next is not ',') Fail("Expected ',' or '}' after property value");
            }
        }

        private void Elements(int depth)
        {
            _at++;
            if (Peek() is ']')
            {
                _at++;
                return;
            }
            while (_fault is null)
            {
                Value(depth + 1);
                if (_fault is not null) return;
                char? next = Peek();
                if (next is ',' or ']') _at++;
                if (next is ']') return;
                if (next is not ',') Fail("Expected ',' or ']' after array element");
            }
        }

        private void Text()
        {
            for (_at++; _at < text.Length; _at++)
            {
                switch (text[_at])
                {
                    case '"':
                        _at++;
                        return;
                    case < ' ':
                        Fail("Bad control character in string literal");
                        return;
                    case '\\':
                        Escape();
                        if (_fault is not null) return;
                        break;
                }
            }
            Fail("Unterminated string");
        }

        private void Escape()
        {
            _at++;
            if (_at >= text.Length)
            {
                Unexpected();
                return;
            }
            if (text[_at] is 'u')
            {
                for (int i = 0; i < 4; i++)
                {
                    if (++_at < text.Length && char.IsAsciiHexDigit(text[_at])) continue;
                    if (_at >= text.Length) Unexpected();
                    else Fail("Bad Unicode escape");
                    return;
                }
            }
            else if (text[_at] is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'))
            {
                Fail("Bad escaped character");
            }
        }

        private void Number()
        {
            if (text[_at] is '-')
            {
                _at++;
                if (!IsDigit()) Fail("No number after minus sign");
            }
            if (_fault is not null) return;
            if (text[_at] is '0')
            {
                _at++;
                if (IsDigit()) Unexpected();
            }
            Digits();
            if (_at < text.Length && text[_at] is '.')
            {
                _at++;
                if (!IsDigit()) Fail("Unterminated fractional number");
                Digits();
            }
            if (_at >= text.Length || text[_at] is not ('e' or 'E')) return;
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-') _at++;
            if (!IsDigit()) Fail("Exponent part is missing a number");
            Digits();
        }

        private bool IsDigit() => _at < text.Length && char.IsAsciiDigit(text[_at]);

        private void Digits()
        {
            while (_fault is null && IsDigit()) _at++;
        }
    }
}
