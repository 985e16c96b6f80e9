using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global.Unicode;

namespace Ocap.Vats.Global;

/// <summary>Methods that would answer by the host's locale answer as their plain twins; <c>localeCompare</c> compares code units. As SES does.</summary>
internal static class TamedLocale
{
    private static readonly (string Owner, string Locale, string Plain)[] Twins =
    [
        ("Object.prototype", "toLocaleString", "toString"),
        ("Array.prototype", "toLocaleString", "toString"),
        ("%TypedArray%.prototype", "toLocaleString", "toString"),
        ("BigInt.prototype", "toLocaleString", "toString"),
        ("Date.prototype", "toLocaleString", "toString"),
        ("Date.prototype", "toLocaleDateString", "toDateString"),
        ("Date.prototype", "toLocaleTimeString", "toTimeString"),
        ("String.prototype", "toLocaleLowerCase", "toLowerCase"),
        ("String.prototype", "toLocaleUpperCase", "toUpperCase"),
    ];

    internal static void Install(IntrinsicTable intrinsics)
    {
        foreach (var (owner, locale, plain) in Twins)
            intrinsics[owner].Define(locale, new PropertyDescriptor { Value = intrinsics[owner].OwnValue(plain)! });

        var engine = intrinsics.Global.Engine;
        // Under SES this is a number's only form without an argument: a radix is ignored.
        intrinsics["Number.prototype"].Hidden("toLocaleString", Natives.Function(engine, "toString", 0, static (self, _) => TypeConverter.ToString(self)));
        intrinsics["String.prototype"].Method("localeCompare", 1, (self, arguments) =>
        {
            if (self.IsUndefined() || self.IsNull()) throw Natives.TypeError(engine, "Cannot localeCompare with null or undefined \"this\" value");
            return Math.Sign(string.CompareOrdinal(TypeConverter.ToString(self), TypeConverter.ToString(arguments.At(0))));
        });
        intrinsics["String.prototype"].Method("normalize", 0, (self, arguments) => Normalize(intrinsics, self, arguments.At(0)));
    }

    /// <summary>The runtime carries no Unicode normalization data (<c>InvariantGlobalization</c>); asked all the same it returns its input.</summary>
    private static JsValue Normalize(IntrinsicTable intrinsics, JsValue self, JsValue form)
    {
        if (self.IsUndefined() || self.IsNull()) throw intrinsics.Error("TypeError", "String.prototype.normalize called on null or undefined");
        var text = TypeConverter.ToString(self);
        var name = form.IsUndefined() ? "NFC" : TypeConverter.ToString(form);
        return name is "NFC" or "NFD" or "NFKC" or "NFKD"
            ? Normalizer.Normalize(text, composes: name[^1] == 'C', compatible: name[2] == 'K', intrinsics.Global.Engine.Constraints.Check) ?? throw intrinsics.Error("RangeError", "Invalid string length")
            : throw intrinsics.Error("RangeError", "The normalization form should be one of NFC, NFD, NFKC, NFKD.");
    }
}
