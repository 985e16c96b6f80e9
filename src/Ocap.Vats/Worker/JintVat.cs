using Jint.Runtime;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Worker;

/// <summary>One vat: a delivery in, a report out. Called by one thread at a time; nothing it answers or throws is an exception to its caller.</summary>
internal sealed class JintVat(string vatId, IVatWorkerClient client, IBundleSource bundles, VatLimits limits, MemoryAccount memory) : IDisposable
{
    private const string InternalError = "INTERNAL_ERROR";

    private VatEngine? _engine;
    private Dispatcher? _dispatcher;

    internal CrankReport Run(VatDelivery delivery)
    {
        try
        {
            if (memory.Verdict is not null)
            {
                return Condemned(new CrankReport());
            }

            CrankReport report = delivery is StartVat start ? Start(start) : Deliver(delivery);
            return memory.Verdict is null ? report : Condemned(report);
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    /// <summary>Its thread cannot be stopped and is left to itself.</summary>
    internal void Abandon() => memory.Abandon();

    /// <summary>Lets go of the heap; not while a crank runs.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _engine, null)?.Dispose();
        _dispatcher = null;
        memory.Close();
    }

    /// <summary>The vat holds too much memory, and was found out between cranks or too late in this one to stop it.</summary>
    private CrankReport Condemned(CrankReport report) =>
        Fault(memory.Verdict!.Code, memory.Verdict.Message) with { CpuMicroseconds = report.CpuMicroseconds };

    private static CrankReport Fault(string code, string message) => new() { Fault = new VatFault(code, message) };

    private CrankReport Start(StartVat start)
    {
        if (_dispatcher is not null)
        {
            return Fault(InternalError, "VatSupervisor received initVat after user code already loaded");
        }

        VatConfig config = VatConfig.Parse(vatId, start.VatConfig);
        if (VatOptions.Read(start.VatConfig).Complaint is { } complaint)
        {
            return Fault(InternalError, complaint);
        }

        VatBundle bundle = start.BundleHash is { } hash ? bundles.Kept(hash) : bundles.Fetch(start.VatConfig);
        _engine = new VatEngine(limits, client.Log, memory);
        _engine.BeginCrank();
        _dispatcher = new Dispatcher(_engine, vatId, client);
        _dispatcher.Endow(config);
        _engine.Seal();
        string? error = _dispatcher.Start(start.Parameters, () => _engine.EvaluateBundle(bundle.Hash, () => BundleFile.Read(bundle.Content)));
        return error is null ? Report() with { BundleHash = bundle.Hash, WatchedPromises = _dispatcher.WatchedPromises } : Failed(error);
    }

    private CrankReport Deliver(VatDelivery delivery)
    {
        if (_dispatcher is null)
        {
            return Fault(InternalError, "cannot deliver before vat is loaded");
        }

        _engine!.BeginCrank();
        _dispatcher.Deliver(delivery);
        return Report();
    }

    private CrankReport Report() => _dispatcher!.Report() with { CpuMicroseconds = Microseconds(_engine!.EndCrank()) };

    private CrankReport Failed(string message) => Fault(InternalError, message) with { CpuMicroseconds = Microseconds(_engine!.EndCrank()) };

    private CrankReport Failed(Exception exception)
    {
        long cpu = _engine is null ? 0 : Microseconds(_engine.EndCrank());
        CrankReport report = exception switch
        {
            _ when VatLimitException.From(exception) is { } limit => Fault(limit.Code, limit.Message),
            JavaScriptException thrown when _dispatcher is not null => Fault(InternalError, _dispatcher.Describe(thrown.Error)),
            _ => Fault(InternalError, exception.Message),
        };
        return report with { CpuMicroseconds = cpu };
    }

    private static long Microseconds(CrankUsage usage) => usage.Cpu.Ticks / TimeSpan.TicksPerMicrosecond;
}
