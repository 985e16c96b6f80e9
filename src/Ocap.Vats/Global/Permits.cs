using System.Collections.Frozen;

namespace Ocap.Vats.Global;

/// <summary>
/// Which properties the intrinsics keep: an allow-list, so that what a newer engine adds is absent until somebody looks at it here.
/// The global names are those that a vat sees at the reference (cluster-config §7); the properties are those that SES permits.
/// (<c>Error.isError</c> and <c>RegExp.escape</c> are permitted but lost: SES makes those two constructors anew and does not copy them.)
/// A function's own <c>length</c>, <c>name</c> and <c>prototype</c> are always kept. <c>@@x</c> means <c>Symbol.x</c>.
/// </summary>
internal static class Permits
{
    /// <summary>Global names whose engine values are kept (some of them replaced by tamed ones before).</summary>
    internal static readonly FrozenSet<string> Globals = Words("""
        Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent
        Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView EvalError Float32Array Float64Array Int8Array Int16Array Int32Array
        Map Number Object Promise Proxy RangeError ReferenceError Set String SyntaxError TypeError Uint8Array Uint8ClampedArray Uint16Array
        Uint32Array URIError WeakMap WeakSet Iterator AggregateError JSON Reflect escape unescape Date Error RegExp Symbol Math globalThis
        eval Function
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Intrinsic → the names of the properties it keeps. <see cref="IntrinsicTable"/> says how each intrinsic is found.</summary>
    internal static readonly FrozenDictionary<string, FrozenSet<string>> Properties = Parse("""
        Object: assign create defineProperties defineProperty entries freeze fromEntries getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames
          getOwnPropertySymbols getPrototypeOf groupBy hasOwn is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values
        Object.prototype: constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ __defineGetter__
          __defineSetter__ __lookupGetter__ __lookupSetter__
        Function.prototype: apply bind call constructor toString @@hasInstance
        Boolean:
        Boolean.prototype: constructor toString valueOf
        Symbol: asyncDispose asyncIterator dispose for hasInstance isConcatSpreadable iterator keyFor match matchAll replace search species split toPrimitive
          toStringTag unscopables
        Symbol.prototype: constructor description toString valueOf @@toPrimitive @@toStringTag
        Error: captureStackTrace prepareStackTrace stackTraceLimit
        Error.prototype: constructor message name stack toString
        EvalError:
        EvalError.prototype: constructor message name
        RangeError:
        RangeError.prototype: constructor message name
        ReferenceError:
        ReferenceError.prototype: constructor message name
        SyntaxError:
        SyntaxError.prototype: constructor message name
        TypeError:
        TypeError.prototype: constructor message name
        URIError:
        URIError.prototype: constructor message name
        AggregateError:
        AggregateError.prototype: constructor message name
        Number: EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger
          parseFloat parseInt
        Number.prototype: constructor toExponential toFixed toLocaleString toPrecision toString valueOf
        BigInt: asIntN asUintN
        BigInt.prototype: constructor toLocaleString toString valueOf @@toStringTag
        Math: E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 f16round floor fround
          hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt sumPrecise tan tanh trunc @@toStringTag
        Date: UTC now parse
        Date.prototype: constructor getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset getUTCDate
          getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds getYear setDate setFullYear setHours
          setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth
          setUTCSeconds setYear toDateString toGMTString toISOString toJSON toLocaleDateString toLocaleString toLocaleTimeString toString toTimeString
          toUTCString valueOf @@toPrimitive
        String: fromCharCode fromCodePoint raw
        String.prototype: anchor at big blink bold charAt charCodeAt codePointAt concat constructor endsWith fixed fontcolor fontsize includes indexOf
          isWellFormed italics lastIndexOf length link localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice small
          split startsWith strike sub substr substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase toWellFormed trim trimEnd
          trimLeft trimRight trimStart valueOf @@iterator
        %StringIteratorPrototype%: next @@toStringTag
        RegExp: @@species
        RegExp.prototype: constructor dotAll exec flags global hasIndices ignoreCase multiline source sticky test toString unicode unicodeSets @@match
          @@matchAll @@replace @@search @@split
        %RegExpStringIteratorPrototype%: next @@toStringTag
        Array: from fromAsync isArray of @@species
        Array.prototype: at concat constructor copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf
          join keys lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toReversed toSorted toSpliced
          toString unshift values with @@iterator @@unscopables
        %ArrayIteratorPrototype%: next @@toStringTag
        %TypedArray%: from of @@species
        %TypedArray%.prototype: at buffer byteLength byteOffset constructor copyWithin entries every fill filter find findIndex findLast findLastIndex forEach
          includes indexOf join keys lastIndexOf length map reduce reduceRight reverse set slice some sort subarray toLocaleString toReversed toSorted
          toString values with @@iterator @@toStringTag
        BigInt64Array: BYTES_PER_ELEMENT
        BigInt64Array.prototype: BYTES_PER_ELEMENT constructor
        BigUint64Array: BYTES_PER_ELEMENT
        BigUint64Array.prototype: BYTES_PER_ELEMENT constructor
        Float32Array: BYTES_PER_ELEMENT
        Float32Array.prototype: BYTES_PER_ELEMENT constructor
        Float64Array: BYTES_PER_ELEMENT
        Float64Array.prototype: BYTES_PER_ELEMENT constructor
        Int8Array: BYTES_PER_ELEMENT
        Int8Array.prototype: BYTES_PER_ELEMENT constructor
        Int16Array: BYTES_PER_ELEMENT
        Int16Array.prototype: BYTES_PER_ELEMENT constructor
        Int32Array: BYTES_PER_ELEMENT
        Int32Array.prototype: BYTES_PER_ELEMENT constructor
        Uint8Array: BYTES_PER_ELEMENT fromBase64 fromHex
        Uint8Array.prototype: BYTES_PER_ELEMENT constructor setFromBase64 setFromHex toBase64 toHex
        Uint8ClampedArray: BYTES_PER_ELEMENT
        Uint8ClampedArray.prototype: BYTES_PER_ELEMENT constructor
        Uint16Array: BYTES_PER_ELEMENT
        Uint16Array.prototype: BYTES_PER_ELEMENT constructor
        Uint32Array: BYTES_PER_ELEMENT
        Uint32Array.prototype: BYTES_PER_ELEMENT constructor
        Map: groupBy @@species
        Map.prototype: clear constructor delete entries forEach get getOrInsert getOrInsertComputed has keys set size values @@iterator @@toStringTag
        %MapIteratorPrototype%: next @@toStringTag
        Set: @@species
        Set.prototype: add clear constructor delete difference entries forEach has intersection isDisjointFrom isSubsetOf isSupersetOf keys size
          symmetricDifference union values @@iterator @@toStringTag
        %SetIteratorPrototype%: next @@toStringTag
        WeakMap:
        WeakMap.prototype: constructor delete get getOrInsert getOrInsertComputed has set @@toStringTag
        WeakSet:
        WeakSet.prototype: add constructor delete has @@toStringTag
        ArrayBuffer: isView @@species
        ArrayBuffer.prototype: byteLength constructor detached immutable maxByteLength resizable resize slice sliceToImmutable transfer transferToFixedLength
          transferToImmutable @@toStringTag
        DataView:
        DataView.prototype: buffer byteLength byteOffset constructor getBigInt64 getBigUint64 getFloat16 getFloat32 getFloat64 getInt8 getInt16 getInt32
          getUint8 getUint16 getUint32 setBigInt64 setBigUint64 setFloat16 setFloat32 setFloat64 setInt8 setInt16 setInt32 setUint8 setUint16 setUint32
          @@toStringTag
        JSON: isRawJSON parse rawJSON stringify @@toStringTag
        Iterator: concat from zip zipKeyed
        %IteratorPrototype%: constructor drop every filter find flatMap forEach map reduce some take toArray @@iterator @@toStringTag
        %WrapForValidIteratorPrototype%: next return
        %IteratorHelperPrototype%: next return @@toStringTag
        %AsyncIteratorPrototype%: @@asyncIterator
        %GeneratorFunction.prototype%: constructor prototype @@toStringTag
        %GeneratorPrototype%: constructor next return throw @@toStringTag
        %AsyncGeneratorFunction.prototype%: constructor prototype @@toStringTag
        %AsyncGeneratorPrototype%: constructor next return throw @@toStringTag
        %AsyncFunction.prototype%: constructor @@toStringTag
        Promise: all allSettled any race reject resolve try withResolvers @@species
        Promise.prototype: catch constructor finally then @@toStringTag
        Reflect: apply construct defineProperty deleteProperty get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys preventExtensions set
          setPrototypeOf @@toStringTag
        Proxy: revocable
        """);

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<string, FrozenSet<string>> Parse(string text)
    {
        var table = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string>? current = null;
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0) table.Add(line[..colon], current = new HashSet<string>(StringComparer.Ordinal));
            current!.UnionWith(Words(line[(colon + 1)..]));
        }
        return table.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
