using Jint.Native.Object;

namespace Ocap.Vats.Promises;

/// <summary>What is known of a handled promise, or of a presence.</summary>
internal sealed class HandledState
{
    /// <summary>Of a promise not yet resolved: who performs operations on it.</summary>
    internal IPromiseHandler? Pending { get; set; }

    /// <summary>Of a promise: the presence it was resolved to.</summary>
    internal ObjectInstance? Presence { get; set; }

    /// <summary>Of a promise: the promise it was resolved to.</summary>
    internal ObjectInstance? ForwardedTo { get; set; }

    /// <summary>Of a presence: who performs operations on it.</summary>
    internal IPromiseHandler? PresenceHandler { get; set; }

    /// <summary>Of a presence: the promise that was resolved to it.</summary>
    internal ObjectInstance? PresencePromise { get; set; }
}
