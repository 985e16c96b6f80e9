namespace Ocap.Bundler.Resolution;

/// <summary>Why a specifier leads nowhere. Whoever knows the place of the specifier turns it into a <see cref="BundleException"/>.</summary>
internal sealed class ResolutionException(string reason, bool isAbsent = false) : Exception(reason)
{
    /// <summary>Nothing of that name is there, as opposed to something that cannot be used.</summary>
    public bool IsAbsent { get; } = isAbsent;
}
