using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Urls;

/// <summary>
/// Issues and redeems OCAP URLs for whoever may ask. What has been issued stays (K8): <c>issued.&lt;ko&gt;</c> holds the object, once however often.
/// </summary>
internal static class OcapUrlDesk
{
    internal const string IssuedPrefix = "issued.";

    private const string NoIdentity = "Remote identity not initialized";

    /// <summary>A URL for an object, told on the kernel's thread.</summary>
    internal static void Issue(KernelCore core, KRef kref, Action<Answer<string>> told)
    {
        Commit commit = core.Begin();
        string? refusal = core.Options.OcapUrls is null ? NoIdentity
            : kref.IsPromise ? "Argument must be a remotable"
            : Refusal(core, commit, kref);
        if (refusal is not null)
        {
            told(Answer<string>.Fail(refusal));
            return;
        }

        Keep(core, commit, kref);
        core.Options.OcapUrls!.Issue(kref.ToString(), issued => core.Powers.Post(() => told(issued)));
    }

    /// <summary>What a URL names, told on the kernel's thread.</summary>
    internal static void Redeem(KernelCore core, string url, Action<Answer<KRef>> told)
    {
        if (core.Options.OcapUrls is not { } urls)
        {
            told(Answer<KRef>.Fail(NoIdentity));
            return;
        }

        urls.Redeem(url, redeemed => core.Powers.Post(() => core.Attempt(told, () => told(redeemed.Failure is { } failure ? Answer<KRef>.Fail(failure) : Named(core, redeemed.Value!)))));
    }

    private static Answer<KRef> Named(KernelCore core, string name)
    {
        if (!KRef.TryParse(name, out KRef kref))
        {
            return Answer<KRef>.Fail($"not a valid KRef: {SmallcapsText.QuoteJson(name)}");
        }

        Commit commit = core.Begin();
        if (Refusal(core, commit, kref) is { } refusal)
        {
            return Answer<KRef>.Fail(refusal);
        }

        if (!kref.IsPromise)
        {
            Keep(core, commit, kref);
        }

        return Answer<KRef>.Ok(kref);
    }

    private static void Keep(KernelCore core, Commit commit, KRef ko)
    {
        string key = IssuedPrefix + ko;
        if (commit.Writes.Get(key) is null)
        {
            commit.Hold(ko);
            commit.Writes.Create(key, "true");
            core.Merge(commit);
        }
    }

    private static string? Refusal(KernelCore core, Commit commit, KRef kref) =>
        Admission.Refusal(core, commit, kref) is { } refusal && SmallcapsError.TryRead(refusal, out _, out string? message) ? message : null;
}
