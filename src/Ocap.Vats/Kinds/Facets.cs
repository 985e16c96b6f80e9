using Jint;
using Jint.Native;
using Jint.Native.Object;

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
    internal static Faceting Of(JsValue behavior)
    {
        if (behavior is not ObjectInstance record || record.IsCallable())
        {
            return Faceting.Neither;
        }

        Faceting found = Faceting.Neither;
        foreach (JsValue key in record.GetOwnPropertyKeys())
        {
            JsValue value = record.Get(key);
            Faceting part = value.IsCallable() ? Faceting.One : !key.IsSymbol() && Of(value) == Faceting.One ? Faceting.Many : Faceting.Neither;
            if (part == Faceting.Neither || (found != Faceting.Neither && part != found))
            {
                return Faceting.Neither;
            }

            found = part;
        }

        return found == Faceting.Neither ? Faceting.One : found;
    }
}
