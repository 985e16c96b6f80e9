using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Liveslots;

namespace Ocap.Vats.Tests.Worker;

/// <summary>A worker with a kernel's side that gives it one delivery at a time and commits what it reports.</summary>
internal sealed class DrivenVat : IVatWorkerClient, IAsyncDisposable
{
    private readonly RecordingClient _kernel = new();
    private readonly IVatWorker _worker;
    private TaskCompletionSource<CrankReport> _finished = new();
    private int _sent = 60;

    internal DrivenVat(byte[] bundle, VatLimits limits, SortedDictionary<string, string>? store = null)
        : this(new JintVatWorkerFactory(new OneBundle(bundle), limits), store)
    {
    }

    /// <summary>A vat that shares the limits for all with the other vats of its factory.</summary>
    internal DrivenVat(IVatWorkerFactory factory, SortedDictionary<string, string>? store = null, string config = "{}")
    {
        foreach ((string key, string value) in store ?? [])
        {
            _kernel.Store.Add(key, value);
        }

        VatId.TryParse("v1", out VatId id);
        _worker = factory.Create(new VatToRun(id, new SubclusterId(1), config), this);
    }

    internal SortedDictionary<string, string> Store => _kernel.Store;

    internal List<string> Logged => _kernel.Logged;

    /// <summary>Runs on the vat's thread, in the middle of its crank, whenever it logs.</summary>
    internal Action? OnLog { get; set; }

    internal Task<CrankReport> Start() => Deliver(new StartVat("{}", CapData.Undefined, null));

    internal Task<CrankReport> Send(string method, string arguments) =>
        Deliver(new DeliverMessage("o+0", new CapData($"#[\"{method}\",{arguments}]", []), $"p-{_sent++}"));

    /// <summary>The report of the running crank, if it ever comes.</summary>
    internal Task<CrankReport> Finished => _finished.Task;

    internal void Give(VatDelivery delivery)
    {
        _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _worker.Deliver(DeliveryFrame.Write(delivery));
    }

    internal async Task<CrankReport> Deliver(VatDelivery delivery)
    {
        Give(delivery);
        CrankReport report = await _finished.Task.WaitAsync(TimeSpan.FromSeconds(40));
        _kernel.Apply(report);
        return report;
    }

    /// <summary>What stands for the hash of a bundle here.</summary>
    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(BitConverter.GetBytes(string.GetHashCode(Convert.ToBase64String(content), StringComparison.Ordinal)));

    internal void End() => _worker.End();

    public void CrankFinished(ReadOnlyMemory<byte> report) => _finished.SetResult(ReportFrame.Read(report.Span));

    public string? VatstoreGet(string key) => _kernel.VatstoreGet(key);

    public KeyValuePair<string, string>? VatstoreGetNext(string key) => _kernel.VatstoreGetNext(key);

    public FileProbe FileExists(string path) => _kernel.FileExists(path);

    public void Lost(string reason, bool isSuspect) => _finished.TrySetException(new InvalidOperationException($"the worker was lost: {reason}"));

    public void Log(string level, string text)
    {
        _kernel.Log(level, text);
        OnLog?.Invoke();
    }

    public ValueTask DisposeAsync()
    {
        _worker.End();
        return ValueTask.CompletedTask;
    }

    internal sealed class OneBundle(byte[] content) : IBundleSource
    {
        private readonly string _hash = HashOf(content);

        public VatBundle Fetch(string vatConfig) => new(_hash, content);

        public VatBundle Kept(string hash) => string.Equals(hash, _hash, StringComparison.Ordinal) ? new(hash, content) : throw new BundleException($"no bundle {hash}");
    }
}
