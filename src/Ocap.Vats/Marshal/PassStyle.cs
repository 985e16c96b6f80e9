namespace Ocap.Vats.Marshal;

/// <summary>How a value travels between vats; the names are those that <c>passStyleOf</c> answers.</summary>
internal enum PassStyle
{
    Undefined,
    Null,
    Boolean,
    Number,
    BigInt,
    String,
    Symbol,
    CopyArray,
    ByteArray,
    CopyRecord,
    Tagged,
    Error,
    Remotable,
    Promise,
}

/// <summary>The names of pass styles as vat code sees them.</summary>
internal static class PassStyleNames
{
    internal static string Name(this PassStyle style) => style switch
    {
        PassStyle.Undefined => "undefined",
        PassStyle.Null => "null",
        PassStyle.Boolean => "boolean",
        PassStyle.Number => "number",
        PassStyle.BigInt => "bigint",
        PassStyle.String => "string",
        PassStyle.Symbol => "symbol",
        PassStyle.CopyArray => "copyArray",
        PassStyle.ByteArray => "byteArray",
        PassStyle.CopyRecord => "copyRecord",
        PassStyle.Tagged => "tagged",
        PassStyle.Error => "error",
        PassStyle.Remotable => "remotable",
        _ => "promise",
    };
}
