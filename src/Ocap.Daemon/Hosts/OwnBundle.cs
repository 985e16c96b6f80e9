using Ocap.Kernel.Vats;
using Ocap.Vats;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// The code that one worker may ask for: what its vat was configured with, and the kept copy that it was told to start from. A host is not trusted with more: a
/// configuration names files and addresses, and with one of its own making it could read any.
/// </summary>
internal sealed class OwnBundle(VatToRun vat, IBundleSource bundles) : IBundleSource
{
    private volatile string? _hash;

    /// <summary>A delivery may name the copy to start from.</summary>
    internal void Allow(VatDelivery delivery) => _hash = (delivery as StartVat)?.BundleHash;

    public VatBundle Fetch(string vatConfig)
    {
        if (!string.Equals(vatConfig, vat.Config, StringComparison.Ordinal))
        {
            throw new BundleException("This is not what the vat was configured with.");
        }

        VatBundle bundle = bundles.Fetch(vat.Config);
        _hash = bundle.Hash;
        return bundle;
    }

    public VatBundle Kept(string hash)
    {
        if (!string.Equals(hash, _hash, StringComparison.Ordinal))
        {
            throw new BundleException("This is not the vat's bundle.");
        }

        try
        {
            return bundles.Kept(hash);
        }
        catch (BundleException lost)
        {
            throw new BundleException($"{lost.Message}. To fetch it afresh: ocap daemon exec restartVat '{{\"id\":\"{vat.Id}\"}}'");
        }
    }
}
