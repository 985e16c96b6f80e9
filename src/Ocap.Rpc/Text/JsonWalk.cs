namespace Ocap.Rpc.Text;

/// <summary>Walks over JSON text, of any depth, to the first place where it stops being JSON.</summary>
internal ref struct JsonWalk(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    /// <summary>Where the walk stands; after a fault, the offending byte.</summary>
    internal readonly int Position => _position;

    private readonly int Current => _position < _text.Length ? _text[_position] : -1;

    internal JsonFault FirstFault()
    {
        var isObject = new Stack<bool>();
        while (true)
        {
            SkipSpace();
            JsonFault fault = JsonFault.None;
            switch (Current)
            {
                case '{':
                    _position++;
                    SkipSpace();
                    if (Current != '}')
                    {
                        isObject.Push(true);
                        fault = Name(JsonFault.PropertyNameOrEnd);
                        if (fault == JsonFault.None)
                        {
                            continue;
                        }
                    }

                    _position += fault == JsonFault.None ? 1 : 0;
                    break;
                case '[':
                    _position++;
                    SkipSpace();
                    if (Current != ']')
                    {
                        isObject.Push(false);
                        continue;
                    }

                    _position++;
                    break;
                default:
                    fault = Scalar();
                    break;
            }

            fault = fault == JsonFault.None ? AfterValue(isObject) : fault;
            if (fault != JsonFault.None || isObject.Count == 0)
            {
                return fault;
            }
        }
    }

    /// <summary>From the end of a value to the start of the next one, closing what ends here; to the end of the text when everything is closed.</summary>
    private JsonFault AfterValue(Stack<bool> isObject)
    {
        while (true)
        {
            SkipSpace();
            if (!isObject.TryPeek(out bool inObject))
            {
                return Current < 0 ? JsonFault.None : JsonFault.TextAfterEnd;
            }

            if (Current == ',')
            {
                _position++;
                SkipSpace();
                return inObject ? Name(JsonFault.PropertyName) : JsonFault.None;
            }

            if (Current != (inObject ? '}' : ']'))
            {
                return inObject ? JsonFault.CommaOrBrace : JsonFault.CommaOrBracket;
            }

            _position++;
            isObject.Pop();
        }
    }

    private JsonFault Name(JsonFault otherwise)
    {
        if (Current != '"')
        {
            return otherwise;
        }

        JsonFault fault = Text();
        if (fault != JsonFault.None)
        {
            return fault;
        }

        SkipSpace();
        if (Current != ':')
        {
            return JsonFault.Colon;
        }

        _position++;
        return JsonFault.None;
    }

    private JsonFault Scalar() => Current switch
    {
        < 0 => JsonFault.EndOfInput,
        '"' => Text(),
        't' => Literal("true"u8),
        'f' => Literal("false"u8),
        'n' => Literal("null"u8),
        '-' or (>= '0' and <= '9') => Number(),
        _ => JsonFault.Token,
    };

    private JsonFault Literal(ReadOnlySpan<byte> word)
    {
        foreach (byte letter in word)
        {
            if (Current != letter)
            {
                return JsonFault.Token;
            }

            _position++;
        }

        return JsonFault.None;
    }

    private JsonFault Text()
    {
        _position++;
        while (true)
        {
            switch (Current)
            {
                case < 0:
                    return JsonFault.UnterminatedString;
                case '"':
                    _position++;
                    return JsonFault.None;
                case < ' ':
                    return JsonFault.ControlCharacter;
                case '\\':
                    _position++;
                    if (Current < 0)
                    {
                        return JsonFault.EndOfInput;
                    }

                    if (!"\"\\/bfnrtu"u8.Contains((byte)Current))
                    {
                        return JsonFault.Escape;
                    }

                    bool isUnicode = Current == 'u';
                    _position++;
                    for (int i = 0; isUnicode && i < 4; i++, _position++)
                    {
                        if (Current < 0 || !char.IsAsciiHexDigit((char)Current))
                        {
                            return JsonFault.UnicodeEscape;
                        }
                    }

                    break;
                default:
                    _position++;
                    break;
            }
        }
    }

    private JsonFault Number()
    {
        if (Current == '-')
        {
            _position++;
            if (!IsDigit())
            {
                return JsonFault.MinusSign;
            }
        }

        bool startsWithZero = Current == '0';
        _position++;
        if (startsWithZero && IsDigit())
        {
            return JsonFault.LeadingZero;
        }

        SkipDigits();
        if (Current == '.')
        {
            _position++;
            if (!IsDigit())
            {
                return JsonFault.Fraction;
            }

            SkipDigits();
        }

        if (Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
            {
                _position++;
            }

            if (!IsDigit())
            {
                return JsonFault.Exponent;
            }

            SkipDigits();
        }

        return JsonFault.None;
    }

    private readonly bool IsDigit() => Current is >= '0' and <= '9';

    private void SkipDigits()
    {
        while (IsDigit())
        {
            _position++;
        }
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }
}
