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
        var writer = new SmallcapsWriter(realm, quoting, styles, slots, SendError);
        return writer.Write(value);
    }

    /// <exception cref="Jint.Runtime.JavaScriptException">The data cannot be understood.</exception>
    internal JsValue Unserialize(CapData data)
    {
        JsValue? value = null;
        bool isPlain = false;
        string complaint = "";
        try
        {
            value = Read(data, out isPlain);
        }
        catch (FormatException error)
        {
            // The throw is below, when the stack has been unwound.
            complaint = error.Message;
        }

        if (value is null)
        {
            throw realm.Fail(complaint, "SyntaxError");
        }

        if (!isPlain)
        {
            realm.Harden(value);
            styles.Of(value);
        }

        return value;
    }

    private JsValue Read(CapData data, out bool isPlain)
    {
        var revived = new RevivedSlots(realm, slots, data.Slots);
        var errors = new ErrorReviver(realm);
        if (!data.Body.StartsWith('#'))
        {
            isPlain = false;
            return new LegacyReader(realm, quoting, styles, tagging, revived, errors).Read(JsonTree.Parse(data.Body));
        }

        var reader = new SmallcapsReader(realm, quoting, styles, tagging, revived, errors);
        JsValue value = reader.Read(JsonTree.Parse(data.Body[1..]));
        isPlain = reader.IsPlain;
        return value;
    }

    private string SendError(ObjectInstance error)
    {
        errorSent(error);
        return $"error:{name}#{++_errorsSent}";
    }
}
