using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Sizes and places that a buffer, or a view of one, does not have.</summary>
internal static class BufferWords
{
    internal static string? Of(ErrorSite site, NativeCall call, string message)
    {
        int size = Size(call.Owner);
        switch (message)
        {
            case "Invalid offset" when size > 1: return $"start offset of {call.Owner} should be a multiple of {size}";
            case "Invalid buffer byte length" when size > 0:
                if (call.Arguments.Count > 2) return call.Argument(site, 2) is { } length ? $"Invalid typed array length: {length}" : null;
                if (call.Arguments.Count == 2) return call.Argument(site, 1) is { } offset ? $"Start offset {offset} is outside the bounds of the buffer" : null;
                return $"byte length of {call.Owner} should be a multiple of {size}";
            case "Invalid index" when size > 0: return call.Argument(site, 0) is { } wanted ? $"Invalid typed array length: {wanted}" : null;
            case "Invalid index" when call.Owner is "ArrayBuffer": return "Invalid array buffer length";
            case "Invalid index" when call.Owner is "DataView": return call.Argument(site, 1) is { } start ? $"Start offset {start} is outside the bounds of the buffer" : null;
            case "Invalid index" when call.Method is ['g' or 's', 'e', 't', ..]: return "Offset is outside the bounds of the DataView";
            default: return null;
        }
    }

    private static int Size(string type) => type switch
    {
        "Int8Array" or "Uint8Array" or "Uint8ClampedArray" => 1,
        "Int16Array" or "Uint16Array" or "Float16Array" => 2,
        "Int32Array" or "Uint32Array" or "Float32Array" => 4,
        "Float64Array" or "BigInt64Array" or "BigUint64Array" => 8,
        _ => 0,
    };
}
