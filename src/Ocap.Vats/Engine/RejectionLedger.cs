using Jint;
using Jint.Native;
using Jint.Native.Promise;

namespace Ocap.Vats;

/// <summary>
/// Promises that were rejected while nobody listened. A promise is often listened to later in the same crank, so the reckoning is done at its end.
/// </summary>
internal sealed class RejectionLedger
{
    private readonly Dictionary<JsValue, JsValue> _unhandled = new(ReferenceEqualityComparer.Instance);

    internal RejectionLedger(Jint.Engine engine) => engine.Advanced.PromiseRejectionTracker += (_, change) =>
    {
        if (change.Operation == PromiseRejectionOperation.Reject) _unhandled[change.Promise] = change.Value ?? JsValue.Undefined;
        else _unhandled.Remove(change.Promise);
    };

    /// <summary>The reasons of the promises that are still unhandled; they are not told again.</summary>
    internal IReadOnlyList<JsValue> Take()
    {
        if (_unhandled.Count == 0) return [];
        JsValue[] reasons = [.. _unhandled.Values];
        _unhandled.Clear();
        return reasons;
    }
}
