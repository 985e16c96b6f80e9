using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>The references of one CapData as they are decoded: each is turned into its object once.</summary>
internal sealed class RevivedSlots(JsRealm realm, Quoting quoting, ISlotTable table, IReadOnlyList<string> slots)
{
    private readonly JsValue?[] _values = new JsValue?[slots.Count];

    internal JsValue At(double index, string? iface)
    {
        if (index < 0 || index != Math.Floor(index) || double.IsInfinity(index))
        {
            throw realm.Fail($"{quoting.Quote(JsNumber.Create(index))} is not a reference's index", "RangeError");
        }

        if (index >= slots.Count)
        {
            throw realm.Fail($"reference {quoting.Quote(JsNumber.Create(index))} is not among the {slots.Count} that came with the data", "TypeError");
        }

        return _values[(int)index] ??= table.ValueOf(slots[(int)index], iface);
    }
}
