using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats.Hosting.Confinement;
using Ocap.Vats.Limits;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Hosting;

/// <summary>
/// A process that runs vats and does nothing else (<c>ocap vat-host</c>). All it has is the link to the daemon that started it; when that ends, so does it.
/// Who reads the link never waits for anything but the next frame: a crank is run by the thread that read it while another takes over the reading, and a ping
/// is answered from the thread pool.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class VatHost
{
    /// <summary>The command that makes a process a vat host.</summary>
    public const string CommandName = "vat-host";

    /// <summary>The descriptor on which a host finds its link.</summary>
    public const int LinkDescriptor = 3;

    private const long BundleBytes = 8 << 20;

    private readonly HostLink _link;
    private readonly Dictionary<int, (JintVatWorker Worker, HostedClient Client)> _workers = [];
    private readonly BundleCache _bundles = new(BundleBytes);
    private readonly JintVatWorkerFactory _factory;

    private VatHost(HostLink link, HostPlan plan)
    {
        _link = link;
        _factory = new JintVatWorkerFactory(new NoBundles(), VatLimits.Default with { RetainedInAll = plan.RetainedInAll });
    }

    /// <summary>Makes this process a vat host on the link it has inherited. Returns only if it has none.</summary>
    public static void RunInherited()
    {
        ProcessTies.Tie();
        if (Run(SystemSocket.Own(LinkDescriptor), static () => Confined.Begin().Finish))
        {
            ProcessTies.ExitAtOnce(0);
        }
    }

    /// <summary>Runs until the link ends. False when nobody is at its other end.</summary>
    /// <param name="socket">This end of the link.</param>
    /// <param name="confine">Begins to give up what the process does not need; the rest of it is done when everything is warm, and says what was given up.</param>
    internal static bool Run(SafeHandle socket, Func<Func<string>> confine)
    {
        using var link = new HostLink(socket, mayWait: true);
        if (!link.TryReceive(out HostFrame first) || first.Message != HostMessage.Plan)
        {
            return false;
        }

        Func<string> finish = confine();
        var host = new VatHost(link, HostPlan.Read(first.Payload));
        WarmUp.Run(host._factory);
        link.Send(HostMessage.Ready, 0, Encoding.UTF8.GetBytes(finish()));
        new ReadingThreads(VatLimits.Default.ThreadStackBytes, host.NextCrank).Run();
        return true;
    }

    /// <summary>Does what the daemon says until there is a crank to run. Null at the link's end. Called by one thread at a time.</summary>
    private Func<bool>? NextCrank()
    {
        while (_link.TryReceive(out HostFrame frame))
        {
            if (Take(frame) is { } crank)
            {
                return crank;
            }
        }

        return null;
    }

    private Func<bool>? Take(HostFrame frame)
    {
        switch (frame.Message)
        {
            case HostMessage.Deliver when _workers.TryGetValue(frame.Worker, out var seat):
                return seat.Worker.Prepare(frame.Payload.ToArray());
            case HostMessage.Open:
                Open(frame.Worker, WorkerSeat.Read(frame.Payload));
                break;
            case HostMessage.Answer when _workers.TryGetValue(frame.Worker, out var seat):
                seat.Client.Answer(frame.Payload);
                break;
            case HostMessage.End when _workers.Remove(frame.Worker, out var seat):
                seat.Worker.End();
                seat.Client.End();
                break;
            case HostMessage.Ping:
                ThreadPool.UnsafeQueueUserWorkItem(static link => link.Send(HostMessage.Pong, 0, []), _link, preferLocal: false);
                break;
        }

        return null;
    }

    private void Open(int number, VatToRun vat)
    {
        var client = new HostedClient(_link, number, _bundles, vat.IsNew);
        JintVatWorker worker = _factory.Create(vat, client, client, () => _link.Send(HostMessage.Abandoned, number, []));
        _workers.Add(number, (worker, client));
    }

    /// <summary>Here every worker brings its own source of code.</summary>
    private sealed class NoBundles : IBundleSource
    {
        public VatBundle Fetch(string vatConfig) => throw new BundleException("a vat host has no bundles");

        public VatBundle Kept(string hash) => throw new BundleException("a vat host has no bundles");
    }
}
