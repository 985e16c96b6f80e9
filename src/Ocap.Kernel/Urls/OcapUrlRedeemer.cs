using Ocap.Kernel.Refs;
using Ocap.Kernel.Services;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Urls;

/// <summary>The service <c>ocapURLRedemptionService</c>: <c>redeem(url)</c> gives the object that the URL names (spec/cluster-config.md §4).</summary>
internal sealed class OcapUrlRedeemer(KernelCore core) : IKernelService
{
    internal const string Name = "ocapURLRedemptionService";

    private static readonly string[] Redeem = ["redeem"];

    public IReadOnlyCollection<string> Methods => Redeem;

    public void Invoke(ServiceCall call)
    {
        if (call.Arguments() is not [Passable.Text url, ..])
        {
            call.Reject("unparseable URL");
            return;
        }

        OcapUrlDesk.Redeem(core, url.Value, redeemed =>
        {
            if (redeemed.Failure is { } failure)
            {
                call.Reject(failure);
            }
            else
            {
                KRef kref = redeemed.Value;
                call.Fulfill(kref.IsPromise ? new Passable.Promise(kref.ToString()) : new Passable.Remotable(kref.ToString(), Passable.Remotable.NoIface));
            }
        });
    }
}
