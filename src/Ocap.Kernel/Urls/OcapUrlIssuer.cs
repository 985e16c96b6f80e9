using Ocap.Kernel.Refs;
using Ocap.Kernel.Services;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Urls;

/// <summary>The service <c>ocapURLIssuerService</c>: <c>issue(object)</c> gives a URL (spec/cluster-config.md §4).</summary>
internal sealed class OcapUrlIssuer(KernelCore core) : IKernelService
{
    internal const string Name = "ocapURLIssuerService";

    private static readonly string[] Issue = ["issue"];

    public IReadOnlyCollection<string> Methods => Issue;

    public void Invoke(ServiceCall call)
    {
        if (call.Arguments() is not [Passable.Remotable remotable, ..])
        {
            call.Reject("Argument must be a remotable");
            return;
        }

        OcapUrlDesk.Issue(core, KRef.Parse(remotable.KRef), issued =>
        {
            if (issued.Failure is { } failure)
            {
                call.Reject(failure);
            }
            else
            {
                call.Fulfill(new Passable.Text(issued.Value!));
            }
        });
    }
}
