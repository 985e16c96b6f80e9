using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Marshal;

/// <summary>What a marshaller needs of its owner: references for objects and promises, and back.</summary>
internal interface ISlotTable
{
    /// <summary>The reference of a remotable or promise; a new one when it has none.</summary>
    string SlotOf(ObjectInstance value);

    /// <summary>The object or promise of a reference; a new one when there is none yet.</summary>
    /// <param name="slot">The reference.</param>
    /// <param name="iface">Interface name the sender gave, if any.</param>
    JsValue ValueOf(string slot, string? iface);
}
