namespace Ocap.Bundler.Linking;

/// <summary>Globals that are always there and whose own properties can be read without consequence.</summary>
internal static class KnownGlobals
{
    private static readonly HashSet<string> Objects = new(StringComparer.Ordinal)
    {
        "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView", "Date", "Error", "EvalError", "Float32Array", "Float64Array",
        "Function", "Int16Array", "Int32Array", "Int8Array", "JSON", "Map", "Math", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError",
        "Reflect", "RegExp", "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray",
        "WeakMap", "WeakSet", "globalThis",
    };

    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal) { "Map", "Set", "WeakMap", "WeakSet" };

    private static readonly HashSet<string> PureMethods = new(StringComparer.Ordinal) { "Symbol.for", "Object.create", "Object.freeze" };

    public static bool IsObject(string name) => Objects.Contains(name);

    public static bool IsValue(string name) => name is "undefined" or "NaN" or "Infinity" || IsObject(name);

    /// <summary>Constructors that only make an empty collection when they are given nothing.</summary>
    public static bool IsCollection(string name) => Collections.Contains(name);

    /// <summary>Functions that do nothing to what they are given when that is a literal.</summary>
    public static bool IsPureMethod(string owner, string name) => PureMethods.Contains($"{owner}.{name}");
}
