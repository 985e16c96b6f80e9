using Jint.Native;
using Jint.Native.Object;
using Ocap.Marshal;

namespace Ocap.Vats.Marshal;

/// <summary>JavaScript values to CapData and back, as <c>makeMarshal</c> of @endo/marshal does it with smallcaps bodies.</summary>
/// <param name="name">Name of this marshaller in the ids of errors sent.</param>
/// <param name="errorSent">Told of each error as it is sent: its stack stays here.</param>
internal sealed class Marshaller(JsRealm realm, Quoting quoting, PassStyles styles, Tagging tagging, ISlotTable slots, string name, Action<ObjectInstance> errorSent)
{
    private int _errorsSent = 70_000;

    /// <exception cref="Jint.Runtime.JavaScriptException">The value cannot travel.</exception>
    internal CapData Serialize(JsValue value)
    {
        var writer = new SmallcapsWriter(realm, styles, slots, SendError);
        return writer.Write(value);
    }

    /// <exception cref="Jint.Runtime.JavaScriptException">The data cannot be understood.</exception>
    internal JsValue Unserialize(CapData data)
    {
        var revived = new RevivedSlots(realm, slots, data.Slots);
        var errors = new ErrorReviver(realm);
        JsValue value;
        try
        {
            if (data.Body.StartsWith('#'))
            {
                var reader = new SmallcapsReader(realm, quoting, styles, tagging, revived, errors);
                value = reader.Read(JsonTree.Parse(data.Body[1..]));
                if (reader.IsPlain)
                {
                    return value;
                }
            }
            else
            {
                value = new LegacyReader(realm, quoting, styles, tagging, revived, errors).Read(JsonTree.Parse(data.Body));
            }
        }
        catch (FormatException error)
        {
            throw realm.Fail(error.Message, "SyntaxError");
        }

        realm.Harden(value);
        styles.Of(value);
        return value;
    }

    private string SendError(ObjectInstance error)
    {
        errorSent(error);
        return $"error:{name}#{++_errorsSent}";
    }
}
