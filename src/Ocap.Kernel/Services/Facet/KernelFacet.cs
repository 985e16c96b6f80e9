using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services.Facet;

/// <summary>The service <c>kernelFacet</c>: the kernel's own interface, for system subclusters (spec/kernel-semantics.md §8).</summary>
internal sealed class KernelFacet : IKernelService
{
    internal const string Name = "kernelFacet";

    private readonly KernelCore _core;
    private readonly IKernelApi _kernel;
    private readonly Dictionary<string, Action<ServiceCall, IReadOnlyList<Passable>>> _methods;

    internal KernelFacet(KernelCore core, IKernelApi kernel)
    {
        (_core, _kernel) = (core, kernel);
        _methods = new Dictionary<string, Action<ServiceCall, IReadOnlyList<Passable>>>(StringComparer.Ordinal)
        {
            ["getPresence"] = GetPresence,
            ["getStatus"] = (call, _) => kernel.GetStatus(Answered<KernelStatus>(call, status => FacetValues.Status(status, core.State.Get("peerId")))),
            ["getSubcluster"] = (call, arguments) => GetSubcluster(call, FacetArguments.Text(arguments, 0, "id")),
            ["getSubclusters"] = (call, _) => kernel.GetStatus(Answered<KernelStatus>(call, static status => FacetValues.Subclusters(status))),
            ["getSystemSubclusterRoot"] = (call, arguments) =>
                kernel.GetSystemSubclusterRoot(FacetArguments.Text(arguments, 0, "name"), Answered<KRef>(call, static root => new Passable.Text(root.ToString()))),
            ["launchSubcluster"] = LaunchSubcluster,
            ["ping"] = static (call, _) => call.Fulfill(new Passable.Text("pong")),
            ["pingVat"] = (call, arguments) => kernel.PingVat(FacetArguments.Vat(arguments, 0), Answered<Done>(call, static _ => new Passable.Text("pong"))),
            ["queueMessage"] = QueueMessage,
            ["reset"] = (call, _) => kernel.ClearState(Answered<Done>(call, static _ => Passable.Undefined)),
            ["terminateSubcluster"] = (call, arguments) =>
                kernel.TerminateSubcluster(FacetArguments.Subcluster(arguments, 0), Answered<Done>(call, static _ => Passable.Undefined)),
        };
    }

    public IReadOnlyCollection<string> Methods => _methods.Keys;

    public void Invoke(ServiceCall call) => _methods[call.Method](call, call.Arguments());

    private void GetPresence(ServiceCall call, IReadOnlyList<Passable> arguments)
    {
        KRef kref = FacetArguments.KRef(arguments, 0);
        Commit commit = _core.Begin();
        if (Admission.Refusal(_core, commit, kref) is { } refusal)
        {
            call.Reject(refusal);
            return;
        }

        string iface = arguments is [_, Passable.Text label, ..] ? label.Value : "Kernel Object";
        string alleged = iface.StartsWith("Alleged: ", StringComparison.Ordinal) ? iface : "Alleged: " + iface;
        call.Fulfill(kref.IsPromise ? new Passable.Promise(kref.ToString()) : new Passable.Remotable(kref.ToString(), alleged));
    }

    private void GetSubcluster(ServiceCall call, string id) => _kernel.GetStatus(Answered<KernelStatus>(call, status =>
        status.Subclusters.FirstOrDefault(subcluster => string.Equals(subcluster.Id.ToString(), id, StringComparison.Ordinal)) is { } found
            ? FacetValues.Subcluster(found)
            : Passable.Undefined));

    private void LaunchSubcluster(ServiceCall call, IReadOnlyList<Passable> arguments)
    {
        using JsonDocument config = StoredJson.Parse(PassableWriter.ToJson(FacetArguments.At(arguments, 0, "config")));
        if (_core.Options.ConfigComplaint(config.RootElement) is { } complaint)
        {
            call.Reject($"invalid cluster config: {complaint}");
            return;
        }

        _kernel.LaunchSubcluster(ClusterConfig.Parse(config.RootElement), Answered<LaunchResult>(call, static launched => FacetValues.Launched(launched)));
    }

    private void QueueMessage(ServiceCall call, IReadOnlyList<Passable> arguments)
    {
        KRef target = FacetArguments.KRef(arguments, 0);
        string method = FacetArguments.Text(arguments, 1, "method");
        Passable.List list = arguments is [_, _, Passable.List given, ..] ? given : new Passable.List([]);
        _kernel.QueueMessage(target, PassableWriter.Methargs(method, list.Items), answer =>
        {
            if (answer.Failure is { } failure)
            {
                call.Reject(failure);
            }
            else if (answer.Value!.Rejected)
            {
                call.Reject(SmallcapsError.TryRead(answer.Value.Value, out _, out string? message) ? message : $"Rejected with {ReasonText.Of(answer.Value.Value)}");
            }
            else
            {
                call.Fulfill(FacetValues.Data(answer.Value.Value));
            }
        });
    }

    private static Action<Answer<T>> Answered<T>(ServiceCall call, Func<T, Passable> show) => answer =>
    {
        if (answer.Failure is { } failure)
        {
            call.Reject(failure);
        }
        else
        {
            call.Fulfill(show(answer.Value!));
        }
    };
}
