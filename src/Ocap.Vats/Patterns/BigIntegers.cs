using System.Numerics;
using Jint.Native;

namespace Ocap.Vats.Patterns;

/// <summary>The number in a JavaScript bigint.</summary>
internal static class BigIntegers
{
    internal static BigInteger AsBigInt(this JsValue value) => (BigInteger)value.ToObject()!;
}
