using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>Whether a behavior is that of one object or of several facets.</summary>
internal enum Faceting
{
    Neither,
    One,
    Many,
}

/// <summary>Tells from what it is made of how a behavior is faceted: of functions, or of records of functions.</summary>
internal static class Facets
{
    internal static Faceting Of(JsRealm realm, JsValue behavior)
    {
        realm.CheckStack();
        if (behavior.IsNull())
        {
            throw realm.Fail("Reflect.ownKeys called on non-object", "TypeError");
        }

        if (behavior is not ObjectInstance record || record.IsCallable())
        {
            return Faceting.Neither;
        }

        Faceting found = Faceting.Neither;
        foreach (JsValue key in record.GetOwnPropertyKeys())
        {
            JsValue value = record.Get(key);
            Faceting part = value.IsCallable() ? Faceting.One : !key.IsSymbol() && Of(realm, value) == Faceting.One ? Faceting.Many : Faceting.Neither;
            if (part == Faceting.Neither || (found != Faceting.Neither && part != found))
            {
                return Faceting.Neither;
            }

            found = part;
        }

        return found == Faceting.Neither ? Faceting.One : found;
    }
}
