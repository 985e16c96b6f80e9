using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Collections;

/// <summary>The functions of VatData that make collections: <c>makeScalarBigMapStore(label, { durable, keyShape, valueShape })</c> and its kin.</summary>
internal sealed class CollectionMakers(VatHeap heap)
{
    internal JsValue Make(bool isSet, bool isWeak, JsValue[] arguments)
    {
        JsValue options = Default(arguments, 1, () => new JsObject(heap.Realm.Engine));
        JsValue restriction = Field(options, "keyShape");
        PatternMakers patterns = heap.Patterns.Patterns;
        JsValue keyShape = restriction.IsUndefined() ? patterns.Scalar : patterns.And(patterns.Scalar, restriction);
        heap.Patterns.RequirePattern(keyShape);
        JsValue valueShape = heap.Realm.Harden(Field(options, "valueShape"));
        bool isDurable = TypeConverter.ToBoolean(Field(options, "durable"));
        CollectionKind kind = heap.StoreKinds[isSet, isWeak, isDurable];
        JsValue label = Default(arguments, 0, () => kind.Name);
        heap.Patterns.Complaints.RequireType(label, "string");
        return kind.Create(label.ToString(), keyShape, valueShape);
    }

    private static JsValue Default(JsValue[] arguments, int index, Func<JsValue> standard) =>
        index < arguments.Length && !arguments[index].IsUndefined() ? arguments[index] : standard();

    private JsValue Field(JsValue options, string name) => options is ObjectInstance given
        ? given.Get(name)
        : options.IsNull()
            ? throw heap.Realm.Fail($"Cannot destructure property '{name}' of 'options' as it is null.", "TypeError")
            : JsValue.Undefined;
}
