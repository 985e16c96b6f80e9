using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Vats.Endowments.Bodies;
using Ocap.Vats.Endowments.Crypto;
using Ocap.Vats.Endowments.Fetch;
using Ocap.Vats.Endowments.Text;
using Ocap.Vats.Endowments.Time;
using Ocap.Vats.Endowments.Urls;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Endowments;

/// <summary>What the endowments of one vat are made with and share: each part comes into being when the first name needs it.</summary>
internal sealed class EndowmentKit(VatEngine engine, JsRealm realm, OutsideDesk desk, IVatWorkerClient client)
{
    private readonly WebScripts _scripts = new(engine.Engine);
    private VatTimers? _timeouts;
    private VatTimers? _intervals;

    internal VatEngine Engine => engine;

    internal JsRealm Realm => realm;

    internal OutsideDesk Desk => desk;

    internal IVatWorkerClient Client => client;

    internal VatTimers Timeouts => _timeouts ??= new VatTimers(realm, desk, repeats: false);

    internal VatTimers Intervals => _intervals ??= new VatTimers(realm, desk, repeats: true);

    internal ObjectInstance Urls => Script("url", UrlNatives.AddTo);

    internal ObjectInstance Encoding => Script("encoding", TextNatives.AddTo);

    internal ObjectInstance Abort => Script("abort", AbortNatives);

    internal ObjectInstance Headers => Script("headers", static _ => { });

    internal ObjectInstance Cryptography
    {
        get
        {
            _ = (Script("cryptokey", static _ => { }), Script("algorithms", static _ => { }), Script("keys", CryptoNatives.AddTo));
            return Script("crypto", CryptoNatives.AddTo);
        }
    }

    /// <summary><c>Request</c>, <c>Response</c> and what makes a vat's <c>fetch</c>.</summary>
    internal ObjectInstance Fetching
    {
        get
        {
            _ = (Urls, Encoding, Abort, Headers);
            foreach (string script in (string[])["checks", "rooms", "queues", "tee", "streams"])
            {
                Script(script, static _ => { });
            }

            foreach (string script in (string[])["blobs", "forms", "bodies"])
            {
                Script(script, table => BodyNatives.AddTo(table, realm));
            }

            return Script("fetch", table => FetchNatives.AddTo(table, this));
        }
    }

    private ObjectInstance Script(string name, Action<NativeTable> natives)
    {
        engine.HardenWithGlobals(_scripts.Use("common"));
        ObjectInstance exports = _scripts.Use(name, natives);

        // Classes without a global name too: their instances come out of what has one.
        engine.HardenWithGlobals(exports);
        return exports;
    }

    private void AbortNatives(NativeTable table)
    {
        table.Add("after", (milliseconds, callback) =>
        {
            desk.Ask(
                id => new StartTimer(id, VatTimers.Delay(milliseconds), false),
                (id, _) =>
                {
                    desk.Finished(id);
                    callback.Call(JsValue.Undefined, []);
                });
            return JsValue.Undefined;
        });
        table.Add("report", error =>
        {
            desk.Uncaught(error);
            return JsValue.Undefined;
        });
    }
}
