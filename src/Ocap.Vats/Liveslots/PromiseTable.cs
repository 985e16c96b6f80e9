using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Liveslots;

/// <summary>The promises the kernel knows of: those this vat decides (exported) and those it waits for (imported). Both are held until they settle.</summary>
internal sealed class PromiseTable(ObjectNotes notes)
{
    internal Dictionary<string, ObjectInstance> Exported { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, ImportedPromise> Imported { get; } = new(StringComparer.Ordinal);

    internal void Remember(ObjectInstance promise, bool rejected, JsValue value) => notes.On(promise).Resolution = new KnownResolution(rejected, value);

    /// <summary>How a promise that this vat decided was settled, if it was.</summary>
    internal KnownResolution? ResolutionOf(ObjectInstance promise) => notes.Of(promise)?.Resolution;
}

/// <summary>How a promise was settled.</summary>
internal sealed record KnownResolution(bool Rejected, JsValue Value);

/// <summary>A promise the kernel will settle, as vat code holds it, and what settles it.</summary>
internal sealed record ImportedPromise(ObjectInstance Promise, Action<JsValue> Resolve, Action<JsValue> Reject);
