using Ocap.Kernel.Api;

namespace Ocap.Kernel.Urls;

/// <summary>Makes and reads OCAP URLs: text by which an object of this kernel can be named from elsewhere (spec/remotes.md §2). The kernel has no secrets of its own.</summary>
public interface IOcapUrls
{
    /// <summary>A new URL for an object. Returns at once; <paramref name="issued"/> is called from any thread.</summary>
    void Issue(string kref, Action<Answer<string>> issued);

    /// <summary>The text that a URL of this kernel names, which was the kref of an object once. Returns at once; <paramref name="redeemed"/> is called from any thread.</summary>
    void Redeem(string url, Action<Answer<string>> redeemed);
}
