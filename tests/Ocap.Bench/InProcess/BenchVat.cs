using System.Globalization;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Worker;

namespace Ocap.Bench.InProcess;

/// <summary>One vat with its store in memory and no kernel: what is left to be measured is the vat. Used on a thread that <see cref="VatThread"/> made.</summary>
internal sealed class BenchVat : IVatWorkerClient, IDisposable
{
    /// <summary>A walk through a million rows takes longer than one delivery may.</summary>
    internal static VatLimits Limits { get; } = VatLimits.Default with
    {
        CpuPerCrank = TimeSpan.FromMinutes(5),
        AllocationPerCrank = 1L << 50,
        RetainedPerVat = 1L << 50,
        RetainedInAll = 1L << 50,
    };

    private readonly SortedStore _store = new();
    private readonly JintVat _vat;
    private long _sent = 60;

    internal BenchVat(byte[] bundle) => _vat = new JintVat("v1", this, new OneBundle(bundle), Limits, new MemoryWatch(Limits).Open());

    internal void Start() => Run(new StartVat("{}", CapData.Undefined, null));

    /// <summary>Sends a message, and returns what it is answered with.</summary>
    internal CapData Send(string target, string methargs)
    {
        string result = string.Create(CultureInfo.InvariantCulture, $"p-{++_sent}");
        foreach (VatSyscall syscall in Run(new DeliverMessage(target, new CapData(methargs, []), result)).Syscalls)
        {
            if (syscall is SyscallResolve { Settlements: [var settlement, ..] })
            {
                return settlement.Rejected ? throw new InvalidOperationException(settlement.Value.Body) : settlement.Value;
            }
        }

        throw new InvalidOperationException($"{methargs} was not answered");
    }

    public string? VatstoreGet(string key) => _store.Get(key);

    public KeyValuePair<string, string>? VatstoreGetNext(string key) => _store.Next(key);

    public FileProbe FileExists(string path) => default;

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
    }

    public void Lost(string reason, bool isSuspect)
    {
    }

    public void Log(string level, string text) => Console.Error.WriteLine($"{level} {text}");

    public void Dispose() => _vat.Dispose();

    private CrankReport Run(VatDelivery delivery)
    {
        CrankReport report = _vat.Run(delivery);
        if (report.Fault is { } fault)
        {
            throw new InvalidOperationException(fault.Message);
        }

        foreach ((string key, string? value) in report.Vatstore)
        {
            if (value is null)
            {
                _store.Delete(key);
            }
            else
            {
                _store.Set(key, value);
            }
        }

        return report;
    }

    private sealed class OneBundle(byte[] content) : IBundleSource
    {
        private static int _hashes;

        // Each under a hash of its own, so that each is parsed.
        private readonly string _hash = string.Create(CultureInfo.InvariantCulture, $"bench{Interlocked.Increment(ref _hashes)}");

        public VatBundle Fetch(string vatConfig) => new(_hash, content);

        public VatBundle Kept(string hash) => new(hash, content);
    }
}
