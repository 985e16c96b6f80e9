using System.Text.Json;
using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Urls;

namespace Ocap.Kernel;

/// <summary>How a kernel runs.</summary>
public sealed record KernelOptions
{
    /// <summary>How many cranks younger than <see cref="YoungMilliseconds"/> may execute at once. 1 is strict: never two at a time (K22).</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Age in milliseconds at which an executing crank gives its slot back (K22).</summary>
    public int YoungMilliseconds { get; init; } = 20;

    /// <summary>Age in milliseconds at which a batch is written though nobody waits for it (K21).</summary>
    public int BatchMilliseconds { get; init; } = 5;

    /// <summary>How many settled results of messages from outside are kept for their slots (K8).</summary>
    public int KeptResults { get; init; } = 10_000;

    /// <summary>C-list entries of an ended vat that one commit cleans up (K11).</summary>
    public int CleanupPiece { get; init; } = 500;

    /// <summary>Parts of a crank that one commit applies when the crank asks for more than twice as many: about ten milliseconds' work.</summary>
    public int PieceParts { get; init; } = 500;

    /// <summary>The same in characters.</summary>
    public int PieceCharacters { get; init; } = 512 * 1024;

    /// <summary>Bytes of a report that may have to wait until others as long, which are being committed, are written down.</summary>
    public int LongReport { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of such reports that are in memory at once, unless one alone is longer.</summary>
    public long LongReports { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Characters of values that one notify tells, unless one alone has more: what a vat can settle in one crank. What there is beyond that is told in further ones.
    /// </summary>
    public int NotifyCharacters { get; init; } = 64 * 1024 * 1024;

    /// <summary>Promises that one notify tells.</summary>
    public int NotifyPromises { get; init; } = 10_000;

    /// <summary>References in the values that one notify tells, unless one alone has more.</summary>
    public int NotifySlots { get; init; } = 100_000;

    /// <summary>Messages that a vat may have sent that nobody has taken yet; one that sends more is ended. They are half a kilobyte each in memory.</summary>
    public int BacklogMessages { get; init; } = 250_000;

    /// <summary>Characters of those messages: they are kept on disk.</summary>
    public long BacklogCharacters { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// A vat is asked for its dead when this much has happened to it since the last time: deliveries, and objects that they brought or took.
    /// </summary>
    public int ReapAfter { get; init; } = 1_000;

    /// <summary>
    /// The store holds a database of the reference: the start makes it one of ours (K23). That deletes <c>keySeed</c> and <c>ocapURLKey</c>,
    /// which must be durable elsewhere by then.
    /// </summary>
    public bool IsReferenceDatabase { get; init; }

    /// <summary>Services that this kernel has besides its own, in the order of their places.</summary>
    public IReadOnlyList<KernelServiceRegistration> Services { get; init; } = [];

    /// <summary>Subclusters that this kernel has by itself.</summary>
    public IReadOnlyList<SystemSubcluster> SystemSubclusters { get; init; } = [];

    /// <summary>Opens IO channels; null for a kernel that has none.</summary>
    public IIoChannelFactory? Io { get; init; }

    /// <summary>Makes and reads OCAP URLs; null for a kernel without an identity.</summary>
    public IOcapUrls? OcapUrls { get; init; }

    /// <summary>What is wrong with the shape of a cluster configuration that a vat asks to launch; null when nothing is.</summary>
    public Func<JsonElement, string?> ConfigComplaint { get; init; } = static _ => null;
}
