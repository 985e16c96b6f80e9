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
        Exception failure;
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
            // It is explained below, when the stack has been unwound.
            failure = exception;
        }

        return Failed(failure);
    }

    /// <summary>Its thread cannot be stopped and is left to itself.</summary>
    internal void Abandon() => memory.Abandon();

    /// <inheritdoc cref="Limits.CrankBudget.Hurry"/>
    internal void Hurry() => Volatile.Read(ref _engine)?.Hurry();

    /// <summary>Lets go of the heap; not while a crank runs.</summary>
    public void Dispose()
    {
        VatEngine? engine = Interlocked.Exchange(ref _engine, null);
        engine?.Dispose();
        Interlocked.Exchange(ref _dispatcher, null)?.Dispose();
        memory.Close(engine);
    }

    /// <summary>The vat holds too much memory, and was found out between cranks or too late in this one to stop it.</summary>
    private CrankReport Condemned(CrankReport report) =>
        report with { Syscalls = [], Vatstore = [], Outside = [], Uncaught = null, Fault = new VatFault(memory.Verdict!.Code, memory.Verdict.Message) };

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
        return error is null
            ? Report() with { BundleHash = bundle.Hash, WatchedPromises = _dispatcher.WatchedPromises, HeldImports = _dispatcher.HeldImports() }
            : Failed(error);
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

    private CrankReport Report() => WithUsage(_dispatcher!.Report());

    private CrankReport Failed(string message) => WithUsage(Fault(InternalError, message));

    private CrankReport Failed(Exception exception) => WithUsage(Explain(exception));

    private CrankReport Explain(Exception exception)
    {
        if (VatLimitException.From(exception) is { } limit)
        {
            return Fault(limit.Code, limit.Message);
        }

        try
        {
            return Fault(InternalError, exception is JavaScriptException thrown && _dispatcher is not null ? _dispatcher.Describe(thrown.Error) : exception.Message);
        }
        catch (Exception worse)
        {
            // What was thrown has code of the vat's in it, which runs within the limits as all of it does.
            return VatLimitException.From(worse) is { } passed ? Fault(passed.Code, passed.Message) : Fault(InternalError, exception.Message);
        }
    }

    /// <summary>Ends the crank, and puts into its report what it used.</summary>
    private CrankReport WithUsage(CrankReport report)
    {
        if (_engine is null)
        {
            return report;
        }

        CrankUsage usage = _engine.EndCrank();
        return report with
        {
            CpuMicroseconds = usage.Cpu.Ticks / TimeSpan.TicksPerMicrosecond,
            AllocatedBytes = usage.AllocatedBytes,
            Statements = usage.Statements,
            Retained = (memory.Least, memory.Possible),
        };
    }
}
