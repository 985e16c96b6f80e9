using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Which data can be a key: what can be compared for sameness without asking anybody, that is, no promises and no errors.</summary>
internal sealed class Keys
{
    private readonly Passables _passables;

    internal Keys(Passables passables)
    {
        _passables = passables;
        Collections = new CopyCollections(passables, this);
    }

    internal CopyCollections Collections { get; }

    internal bool Is(JsValue value) => Confirm(value, fail: false);

    internal bool Confirm(JsValue value, bool fail)
    {
        if (value is not ObjectInstance)
        {
            _passables.StyleOf(value);
            return true;
        }

        if (_passables.FactsOf(value) is { IsKey: true })
        {
            return true;
        }

        bool confirmed = ConfirmObject(value, fail);
        if (confirmed)
        {
            _passables.FactsOn(value).IsKey = true;
        }

        return confirmed;
    }

    internal bool ConfirmScalar(JsValue value, bool fail)
    {
        PassStyle style = _passables.StyleOf(value);
        return value is not ObjectInstance || style is PassStyle.Remotable or PassStyle.ByteArray
            || _passables.Complaints.Reject(fail, $"A {Quoting.Quote(style.Name())} cannot be a scalar key: {value}");
    }

    private bool ConfirmObject(JsValue value, bool fail)
    {
        PassStyle style = _passables.StyleOf(value);
        switch (style)
        {
            case PassStyle.Remotable or PassStyle.ByteArray:
                return true;
            case PassStyle.CopyRecord:
                return Passables.Names(value).TrueForAll(name => Confirm(Passables.Field(value, name), fail));
            case PassStyle.CopyArray:
                return Array.TrueForAll(_passables.Elements(value), item => Confirm(item, fail));
            case PassStyle.Tagged:
                string tag = _passables.TagOf(value);
                return tag switch
                {
                    "copySet" => Collections.ConfirmSet(value, fail),
                    "copyBag" => Collections.ConfirmBag(value, fail),
                    "copyMap" => Collections.ConfirmMap(value, fail)
                        && Array.TrueForAll(Collections.MapEntries(value), entry => Confirm(entry.Value, fail)),
                    _ => _passables.Complaints.Reject(fail, $"A passable tagged {Quoting.Quote(tag)} is not a key: {value}"),
                };
            default:
                return _passables.Complaints.Reject(fail, $"A {Quoting.Quote(style.Name())} cannot be a key");
        }
    }
}
