using Jint;
using Jint.Native;

namespace Ocap.Vats.Global;

/// <summary><c>Object.getOwnPropertyNames</c> and <c>getOwnPropertySymbols</c> of a proxy: the engine answers with all keys that its trap gave, of both kinds.</summary>
internal static class OwnKeyLists
{
    internal static void Install(IntrinsicTable intrinsics)
    {
        Keep("getOwnPropertyNames", static key => key is JsString);
        Keep("getOwnPropertySymbols", static key => key is JsSymbol);

        void Keep(string name, Func<JsValue, bool> isKept)
        {
            JsValue original = intrinsics["Object"].OwnValue(name)!;
            intrinsics["Object"].Method(name, 1, (self, arguments) =>
            {
                JsValue keys = original.Call(self, arguments);
                if (keys is not JsArray list || list.All(isKept)) return keys;
                return new JsArray(list.Engine, [.. list.Where(isKept)]);
            });
        }
    }
}
