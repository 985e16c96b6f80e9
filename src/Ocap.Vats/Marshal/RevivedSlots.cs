using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>The references of one CapData as they are decoded: each is turned into its object once.</summary>
internal sealed class RevivedSlots(JsRealm realm, ISlotTable table, IReadOnlyList<string> slots)
{
    private readonly JsValue?[] _values = new JsValue?[slots.Count];

    internal JsValue At(double index, string? iface)
    {
        if (index != Math.Floor(index) || Math.Abs(index) > 9007199254740991)
        {
            throw realm.Fail($"{Jint.Runtime.TypeConverter.ToString(JsNumber.Create(index))} is not a safe integer", "RangeError");
        }

        if (index < 0)
        {
            throw realm.Fail($"{Jint.Runtime.TypeConverter.ToString(JsNumber.Create(index))} is negative", "RangeError");
        }

        if (index >= slots.Count)
        {
            throw realm.Fail("\"[undefined]\" must be a string", "TypeError");
        }

        return _values[(int)index] ??= table.ValueOf(slots[(int)index], iface);
    }
}
