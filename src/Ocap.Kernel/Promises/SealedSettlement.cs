using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Promises;

/// <summary>
/// What a promise is going to settle to, for certain, when the messages that wait for it have moved on: row <c>settling.kp5</c>, which holds what the value mentions.
/// Until then the promise is unresolved for everybody, and nobody else may settle it.
/// </summary>
internal readonly record struct SealedSettlement(bool Rejected, CapData Value)
{
    internal const string Prefix = "settling.";

    private const char FulfilledMark = 'f', RejectedMark = 'r';

    internal static string Key(KRef promise) => string.Concat(Prefix, promise.ToString());

    internal static SealedSettlement? Find(StateView view, KRef promise) => view.Get(Key(promise)) is { } text ? Read(text) : null;

    internal static SealedSettlement Read(string text) => text is [FulfilledMark or RejectedMark, ..]
        ? new SealedSettlement(text[0] == RejectedMark, QueueJson.ReadCapData(text[1..]))
        : throw new KernelInvariantException("a settlement that cannot be read");

    internal string Write() => string.Concat(Rejected ? "r" : "f", QueueJson.Write(Value));
}
