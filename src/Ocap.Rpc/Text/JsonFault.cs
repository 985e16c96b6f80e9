namespace Ocap.Rpc.Text;

/// <summary>The first thing that keeps a text from being JSON.</summary>
internal enum JsonFault : byte
{
    None,
    EndOfInput,
    Token,
    PropertyNameOrEnd,
    PropertyName,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    TextAfterEnd,
    UnterminatedString,
    ControlCharacter,
    Escape,
    UnicodeEscape,
    MinusSign,
    LeadingZero,
    Fraction,
    Exponent,
}
