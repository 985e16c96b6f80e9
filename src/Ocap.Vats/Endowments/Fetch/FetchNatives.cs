using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch.Decoding;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments.Fetch;

/// <summary>What <c>fetch.js</c> is built on: requests to the outside, and what comes of them.</summary>
internal static class FetchNatives
{
    private const int MostBodyBytes = 32 * 1024 * 1024;

    internal static void AddTo(NativeTable table, EndowmentKit kit)
    {
        var bodies = new IncomingBodies(kit.Desk, DecodingLimits.Default, kit.Engine.HoldNative);
        kit.Desk.Keep(bodies);
        table.AddAll("begin", arguments => Begin(table, kit.Desk, bodies, arguments));
        table.Add("more", id =>
        {
            bodies.Continue((long)id.AsNumber());
            return JsValue.Undefined;
        });
        table.Add("cancel", id =>
        {
            bodies.Cancel((long)id.AsNumber());
            return JsValue.Undefined;
        });
        table.Add("harden", value => kit.Realm.Harden(value));
    }

    /// <summary><c>begin(method, url, [name, value, …], bytes or null, redirect, { head, piece, end, failed })</c> gives the request's id.</summary>
    private static JsNumber Begin(NativeTable table, OutsideDesk desk, IncomingBodies bodies, JsValue[] arguments)
    {
        string[] flat = NativeTable.Texts(arguments[2]);
        var headers = new KeyValuePair<string, string>[flat.Length / 2];
        for (int i = 0; i < headers.Length; i++)
        {
            // A loop, not a query: see Evaluators.MakeFunction.
            headers[i] = new KeyValuePair<string, string>(flat[2 * i], flat[(2 * i) + 1]);
        }

        ReadOnlyMemory<byte>? body = arguments[3].IsNull() ? null : table.Bytes(arguments[3]).ToArray();
        if (body is { Length: > MostBodyBytes })
        {
            throw Natives.TypeError(table.Engine, $"The body of a request may have {MostBodyBytes >> 20} MiB");
        }

        var handlers = (ObjectInstance)arguments[5];
        return JsNumber.Create(desk.Ask(
            id => new StartFetch(id, arguments[0].ToString(), arguments[1].ToString(), headers, body, arguments[4].ToString()),
            (id, happening) =>
            {
                foreach (OutsideEvent told in bodies.Told(id, happening))
                {
                    Told(told);
                }
            }));

        void Told(OutsideEvent happening)
        {
            switch (happening)
            {
                case ResponseHead head:
                    Tell("head", Record(("status", head.Status), ("statusText", head.StatusText), ("url", head.Url), ("redirected", head.IsRedirected), ("headers", Pairs(head.Headers))));
                    break;
                case BodyPiece piece:
                    Tell("piece", table.View(piece.Bytes.ToArray()));
                    break;
                case BodyEnd:
                    Tell("end", JsValue.Undefined);
                    break;
                case OutsideFailure failure:
                    Tell("failed", Record(("kind", failure.Kind), ("message", failure.Message), ("code", failure.Code is { } code ? code : JsValue.Null)));
                    break;
            }
        }

        void Tell(string handler, JsValue value) => handlers.Get(handler).Call(JsValue.Undefined, [value]);

        JsArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
            new(table.Engine, [.. pairs.Select(pair => (JsValue)new JsArray(table.Engine, [pair.Key, pair.Value]))]);

        JsObject Record(params (string Name, JsValue Value)[] members)
        {
            var record = new JsObject(table.Engine);
            foreach ((string name, JsValue value) in members)
            {
                record.CreateDataProperty(name, value);
            }

            return record;
        }
    }
}
