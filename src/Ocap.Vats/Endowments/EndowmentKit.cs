using Ocap.Kernel.Vats;
using Ocap.Vats.Endowments.Time;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Endowments;

/// <summary>What the endowments of one vat are made with and share: each part comes into being when the first name needs it.</summary>
internal sealed class EndowmentKit(VatEngine engine, JsRealm realm, OutsideDesk desk, IVatWorkerClient client)
{
    private VatTimers? _timeouts;
    private VatTimers? _intervals;

    internal VatEngine Engine => engine;

    internal JsRealm Realm => realm;

    internal OutsideDesk Desk => desk;

    internal IVatWorkerClient Client => client;

    internal VatTimers Timeouts => _timeouts ??= new VatTimers(realm, desk, repeats: false);

    internal VatTimers Intervals => _intervals ??= new VatTimers(realm, desk, repeats: true);
}
