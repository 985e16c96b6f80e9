using System.Text;
using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>
/// A launch under way. Vats start one after another, outside of the state; when all are ready, one commit makes the subcluster, its vats and the
/// <c>bootstrap</c> message; when that has settled the launch is done. A failure at any point leaves nothing behind but used ids.
/// </summary>
internal sealed class Launch
{
    private readonly KernelCore _core;
    private readonly ClusterConfig _config;
    private readonly SubclusterId _subcluster;
    private readonly Action<Answer<LaunchResult>> _answer;
    private readonly List<Lane> _lanes = [];
    private KRef? _bootstrapped;
    private readonly List<CrankReport> _reports = [];
    private readonly List<OpenIoChannel> _channels = [];
    private readonly string? _systemName;
    private string? _failure;

    private Launch(KernelCore core, ClusterConfig config, SubclusterId subcluster, Action<Answer<LaunchResult>> answer, string? systemName) =>
        (_core, _config, _subcluster, _answer, _systemName) = (core, config, subcluster, answer, systemName);

    /// <summary>Begins a launch.</summary>
    /// <param name="core">The kernel.</param>
    /// <param name="config">What is launched.</param>
    /// <param name="answer">Told how it came out.</param>
    /// <param name="systemName">The name of a system subcluster, or null for any other.</param>
    internal static void Run(KernelCore core, ClusterConfig config, Action<Answer<LaunchResult>> answer, string? systemName = null)
    {
        if (Refusal(core, config) is { } refusal)
        {
            core.Answer(() => answer(Answer<LaunchResult>.Fail(refusal)));
            return;
        }

        Commit ids = core.Begin();
        var launch = new Launch(core, config, new SubclusterId(Counter.Take(ids.Writes, "nextSubclusterId")), answer, systemName);
        foreach ((string name, VatConfig vat) in config.Vats)
        {
            var id = new VatId(Counter.Take(ids.Writes, "nextVatId"));
            launch._lanes.Add(new Lane(id, launch._subcluster, name, vat.Json, vat.Parameters) { Launch = launch, FetchAfresh = true });
        }

        core.Merge(ids);
        core.Launches.Add(launch);
        if ((launch.OpenChannels() ?? launch.UnknownService()) is { } refused)
        {
            launch.Fail(refused);
            return;
        }

        core.WantedStarts.Enqueue(launch._lanes[0]);
    }

    /// <summary>Whether it is this vat's turn to start.</summary>
    internal bool IsNext(Lane lane) => _reports.Count < _lanes.Count && _lanes[_reports.Count] == lane;

    /// <summary>One of its vats has done its <c>startVat</c>, or could not.</summary>
    internal void Started(Lane lane, CrankReport report)
    {
        if (report.Fault is { } fault)
        {
            Fail($"Failed to launch vat {lane.Vat} ({lane.Name}): {fault.Message}");
            return;
        }

        _reports.Add(report);
        if (_reports.Count < _lanes.Count)
        {
            _core.WantedStarts.Enqueue(_lanes[_reports.Count]);
            return;
        }

        try
        {
            Admit();
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            Withdraw(broken);
        }
    }

    /// <summary>One of its vats has lost its worker. What was started so far starts again, unless there is a verdict on it.</summary>
    internal void Lost(Lane lost, string? verdict)
    {
        if (verdict is not null)
        {
            Fail($"Failed to launch vat {lost.Vat} ({lost.Name}): {verdict}");
            return;
        }

        _core.WantedStarts.Enqueue(Again());
    }

    /// <summary>Has it begin anew, with the vat that is returned.</summary>
    internal Lane Again()
    {
        _reports.Clear();
        foreach (Lane lane in _lanes)
        {
            _core.Executing.Remove(lane);
            lane.EndWorker();
            lane.State = LaneState.Asleep;
        }

        return _lanes[0];
    }

    /// <summary>Gives up a launch whose vats are not part of the state yet.</summary>
    internal void Fail(string failure)
    {
        _core.Launches.Remove(this);
        foreach (Lane lane in _lanes)
        {
            _core.Executing.Remove(lane);
            lane.EndWorker();
            lane.State = LaneState.Ended;
        }

        foreach (OpenIoChannel channel in _channels)
        {
            _core.Answer(channel.Channel.Close);
        }

        _core.Answer(() => _answer(Answer<LaunchResult>.Fail(failure)));
    }

    /// <summary>The commit that was to make the subcluster real broke.</summary>
    private void Withdraw(Exception broken)
    {
        _core.Powers.Log("error", $"Kernel invariant broken in the launch of {_subcluster}: {broken}");
        if (_bootstrapped is { } promise)
        {
            _core.Waiters.Remove(promise);
        }

        foreach (Lane lane in _lanes)
        {
            _core.Lanes.Remove(lane);
        }

        Fail("The kernel could not take the subcluster in; see the daemon's log.");
    }

    private static string? Refusal(KernelCore core, ClusterConfig config)
    {
        if (!config.Vats.Any(vat => string.Equals(vat.Key, config.Bootstrap, StringComparison.Ordinal)))
        {
            return $"invalid bootstrap vat name {SmallcapsText.QuoteJson(config.Bootstrap)}";
        }

        return config.Io.Count > 0 && core.Options.Io is null
            ? "Cluster config declares IO channels but no IO channel factory was provided to the kernel"
            : null;
    }

    /// <summary>Opens the IO channels, in order, before services are looked at (spec/cluster-config.md §3). Returns why not, or null.</summary>
    private string? OpenChannels()
    {
        foreach ((string name, string config) in _config.Io)
        {
            IoOpening opening = _core.Io.Open(name, config);
            if (opening.Channel is not { } channel)
            {
                return opening.Failure ?? $"IO channel \"{name}\" could not be opened";
            }

            _channels.Add(new OpenIoChannel(name, OpenIoChannel.DirectionOf(config), channel));
        }

        return null;
    }

    /// <summary>The complaint about a service that is not there for this subcluster, or null. An IO channel goes before a service of its name.</summary>
    private string? UnknownService()
    {
        WriteSet view = _core.View();
        string? unknown = _config.Services.FirstOrDefault(name => !IsChannel(name) && Service(view, name) is null);
        return unknown is null ? null : $"no registered kernel service '{unknown}'";
    }

    private bool IsChannel(string name) => _channels.Exists(channel => string.Equals(channel.Name, name, StringComparison.Ordinal));

    private KRef? Service(StateView view, string name) => IsChannel(name)
        ? ServiceRows.Find(view, IoChannels.ServiceName(_subcluster, name))
        : _core.Services.Find(view, name, isSystem: _systemName is not null);

    /// <summary>The commit that makes the subcluster real.</summary>
    private void Admit()
    {
        Commit commit = _core.Begin();
        var roots = new List<(string Name, KRef Root)>();
        for (int i = 0; i < _lanes.Count; i++)
        {
            roots.Add((_lanes[i].Name, VatLife.Create(commit, _lanes[i])));
            if (StartEnd.TryAdmit(commit, _lanes[i], _reports[i], forgetHeap: false) is { } failure)
            {
                Fail($"Failed to launch vat {_lanes[i].Vat} ({_lanes[i].Name}): {failure}");
                return;
            }
        }

        var table = new SubclusterTable(commit.Writes);
        table.Add(new SubclusterRecord(_subcluster, _config.Json, [.. _lanes.Select(lane => new KeyValuePair<string, VatId>(lane.Name, lane.Vat))]));
        commit.Writes.Put(SubclusterTable.LaunchingPrefix + _subcluster, "true");
        if (_systemName is not null)
        {
            SystemSubclusters.Note(commit.Writes, _systemName, _subcluster);
        }

        foreach (OpenIoChannel channel in _channels)
        {
            ServiceRows.FindOrCreate(commit.Writes, IoChannels.ServiceName(_subcluster, channel.Name));
        }

        KRef root = roots.Find(entry => string.Equals(entry.Name, _config.Bootstrap, StringComparison.Ordinal)).Root;
        _bootstrapped = QueueMessage.Send(_core, commit, root, BootstrapMessage(commit.Writes, roots), (rejected, value) =>
            _core.Attempt(_answer, () => Bootstrapped(root, rejected, value)));
        _core.Launches.Remove(this);
        foreach (Lane lane in _lanes)
        {
            lane.Launch = null;
            lane.FetchAfresh = false;
            lane.State = LaneState.Running;
            lane.Reason = null;
            lane.StartDelay = 0;
            _core.Lanes.Add(lane);
        }

        Bootstrap.Bootstrapping = this;
        _core.Merge(commit);
        _core.Io.Add(_subcluster, _channels);
        for (int i = 0; i < _lanes.Count; i++)
        {
            _core.BeginOutside(_lanes[i], _reports[i]);
        }
    }

    /// <summary>
    /// A crank of the bootstrap vat has been kept, and left a rejection that nobody listens to, if there is one. Until the answer to <c>bootstrap</c> is there
    /// that fails the launch, as it does while a vat starts; what comes of that answer is nobody's business any more.
    /// </summary>
    internal void Uncaught(string? reason)
    {
        if (reason is not null && _failure is null)
        {
            GiveUp($"Failed to launch vat {Bootstrap.Vat} ({Bootstrap.Name}): uncaught rejection in bootstrap: {reason}");
        }
    }

    /// <summary>Names of what <c>bootstrap</c> is handed: services asked for, and IO channels, asked for or not.</summary>
    private IEnumerable<string> Handed => _config.Services.Concat(_channels.Select(static channel => channel.Name)).Distinct(StringComparer.Ordinal);

    private Lane Bootstrap => _lanes.Find(lane => string.Equals(lane.Name, _config.Bootstrap, StringComparison.Ordinal))!;

    private void Bootstrapped(KRef root, bool rejected, CapData value)
    {
        Bootstrap.Bootstrapping = null;
        if (_failure is not null)
        {
            return;
        }

        if (rejected)
        {
            GiveUp(SmallcapsError.TryRead(value, out _, out string? message) ? message : $"Rejected with {ReasonText.Of(value)}");
            return;
        }

        Commit commit = _core.Begin();
        commit.Writes.Delete(SubclusterTable.LaunchingPrefix + _subcluster);
        _core.Merge(commit);
        _core.Answer(() => _answer(Answer<LaunchResult>.Ok(new LaunchResult(_subcluster, root, value))));
    }

    /// <summary>Gives up a launch whose vats are part of the state: they end, with all that they did.</summary>
    private void GiveUp(string failure)
    {
        _failure = failure;
        Termination.WhenEnding(_core, [.. _lanes.Where(static lane => lane.State != LaneState.Ended)], () =>
        {
            _core.Attempt(_answer, () =>
            {
                Termination.EndSubcluster(_core, _subcluster, VatLife.Deleted);
                _core.Answer(() => _answer(Answer<LaunchResult>.Fail(failure)));
            });
        });
    }

    /// <summary><c>bootstrap(roots, services)</c>: records of presences, keys sorted as marshalling sorts them.</summary>
    private CapData BootstrapMessage(StateView view, List<(string Name, KRef Root)> roots)
    {
        var body = new StringBuilder("#[\"bootstrap\",[");
        var slots = new List<string>();
        AppendRecord(body, slots, roots, "Alleged: vatRoot");
        body.Append(',');
        AppendRecord(body, slots, [.. Handed.Select(name => (name, Service(view, name)!.Value))], "Alleged: undefined");
        return new CapData(body.Append("]]").ToString(), slots);
    }

    private static void AppendRecord(StringBuilder body, List<string> slots, List<(string Name, KRef Object)> entries, string iface)
    {
        body.Append('{');
        bool first = true;
        foreach ((string name, KRef kref) in entries.OrderBy(static entry => SmallcapsText.EscapeString(entry.Name), StringComparer.Ordinal))
        {
            body.Append(first ? "" : ",");
            first = false;
            SmallcapsText.AppendJson(body, SmallcapsText.EscapeString(name));
            int slot = slots.IndexOf(kref.ToString());
            if (slot < 0)
            {
                slots.Add(kref.ToString());
                body.Append(":\"$").Append(slots.Count - 1).Append('.').Append(iface).Append('"');
            }
            else
            {
                body.Append(":\"$").Append(slot).Append('"');
            }
        }

        body.Append('}');
    }
}
