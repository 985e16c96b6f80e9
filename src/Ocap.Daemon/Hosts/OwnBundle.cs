using Ocap.Kernel.Vats;
using Ocap.Vats;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// The code that one worker may ask for: what its vat was configured with, and the kept copy that it was told to start from. A host is not trusted with more: a
/// configuration names files and addresses, and with one of its own making it could read any.
/// </summary>
internal sealed class OwnBundle(string config, IBundleSource bundles) : IBundleSource
{
    private volatile string? _hash;

    /// <summary>A delivery may name the copy to start from.</summary>
    internal void Allow(VatDelivery delivery) => _hash = (delivery as StartVat)?.BundleHash;

    public VatBundle Fetch(string vatConfig)
    {
        if (!string.Equals(vatConfig, config, StringComparison.Ordinal))
        {
            throw new BundleException("This is not what the vat was configured with.");
        }

        VatBundle bundle = bundles.Fetch(config);
        _hash = bundle.Hash;
        return bundle;
    }

    public VatBundle Kept(string hash) => string.Equals(hash, _hash, StringComparison.Ordinal) ? bundles.Kept(hash) : throw new BundleException("This is not the vat's bundle.");
}
