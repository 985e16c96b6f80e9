using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Marshal;

/// <summary>The names of the methods an object has or inherits, symbols first, each sort in order.</summary>
internal static class MethodNames
{
    internal static JsArray Of(JsRealm realm, JsValue value)
    {
        List<JsValue> names = [];
        HashSet<object> seen = [];
        for (ObjectInstance? layer = value as ObjectInstance; layer is not null && !ReferenceEquals(layer, realm.ObjectPrototype); layer = layer.Prototype)
        {
            // With a proxy among them, prototypes can go round in a circle.
            realm.Engine.Constraints.Check();
            foreach (JsValue key in layer.GetOwnPropertyKeys())
            {
                if (seen.Add(key.IsSymbol() ? key : key.ToString()) && ((ObjectInstance)value).Get(key).IsCallable())
                {
                    names.Add(key);
                }
            }
        }

        names.Sort(static (left, right) => left.IsSymbol() != right.IsSymbol()
            ? left.IsSymbol() ? -1 : 1
            : string.CompareOrdinal(left.ToString(), right.ToString()));
        return realm.Harden(new JsArray(realm.Engine, [.. names]));
    }
}
