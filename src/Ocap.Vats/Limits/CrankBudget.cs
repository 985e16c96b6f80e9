using System.Diagnostics;
using Jint;
using Jint.Native.Error;
using Jint.Runtime;
using Ocap.Vats.Global;

namespace Ocap.Vats.Limits;

/// <summary>What one crank used.</summary>
internal readonly record struct CrankUsage(TimeSpan Cpu, long AllocatedBytes, long Statements);

/// <summary>
/// The budget of one crank: CPU time, allocation, statements. Armed before a crank and disarmed after it, on the vat's thread, so that it spans every
/// entry into the engine; <see cref="Reset"/>, which the engine calls at each entry, does nothing for that reason.
/// Once exceeded it stays so: whatever the vat's code does next, a <c>finally</c> block for instance, ends at its next statement.
/// </summary>
internal sealed unsafe class CrankBudget(VatLimits limits, MemoryAccount? memory = null) : Constraint
{
    /// <summary>The budget of the crank that this thread executes, or null.</summary>
    [ThreadStatic]
    private static CrankBudget? t_current;

    // Before each operation on a BigInt, and when something large is made: the statements between two questions of the engine may take long, or much (build/engine).
    static CrankBudget() => LongOperations.Begins = static () => t_current?.CheckLong();

    private Jint.Engine? _engine;
    private ErrorConstructor? _rangeError;
    private nint _top;
    private nint _deepest;
    private nint _deepestOfParser;
    private bool _armed;
    private TimeSpan _cpuAtStart;
    private long _allocatedAtStart;
    private long _booked;
    private long _nextLook;
    private long _statements;
    private long _nextCpuReading;
    private uint _tokens;

    /// <summary>Statements are counted exactly when they are limited; otherwise the engine asks only every 64 of them.</summary>
    public override bool IsAmortizable => limits.StatementsPerCrank is null;

    internal VatLimitException? Exceeded { get; private set; }

    private int ParserStackBytes => limits.ParserStackBytes;

    internal void Arm()
    {
        _cpuAtStart = ThreadCpuClock.Now;
        _allocatedAtStart = _booked = GC.GetAllocatedBytesForCurrentThread();
        SetNextLook();
        memory?.Enter();
        _statements = 0;
        _nextCpuReading = Stopwatch.GetTimestamp() + Ticks(limits.CpuPerCrank);
        // Stacks grow downwards on every platform that .NET runs on.
        byte here;
        _top = (nint)(&here);
        _deepest = _top - limits.StackBytes;
        _deepestOfParser = _top - limits.ParserStackBytes;
        _engine!.DeepestStack = _deepest;
        _armed = true;
        t_current = this;
    }

    /// <summary>The engine whose cranks these are is told where its stack ends: it looks there in each call.</summary>
    internal void Serve(Jint.Engine engine)
    {
        _engine = engine;
        _rangeError = (ErrorConstructor)engine.Global.Object("RangeError");
    }

    internal CrankUsage Disarm()
    {
        if (_armed) memory?.Leave(GC.GetAllocatedBytesForCurrentThread() - _booked);
        _armed = false;
        _engine!.DeepestStack = 0;
        if (t_current == this) t_current = null;
        return new CrankUsage(ThreadCpuClock.Now - _cpuAtStart, GC.GetAllocatedBytesForCurrentThread() - _allocatedAtStart, _statements);
    }

    /// <summary>The crank has used so much of the CPU time that it may use: work that can be done in pieces had better go on in another.</summary>
    internal bool HasUsed(double share) => _armed && ThreadCpuClock.Now - _cpuAtStart > limits.CpuPerCrank * share;

    public override void Check()
    {
        if (Exceeded is { } exceeded) throw exceeded;
        if (!_armed) return;
        if (limits.StatementsPerCrank is { } most && ++_statements > most)
            Exceed(VatLimitException.Statements, $"one delivery ran more than {most} statements");
        if (GC.GetAllocatedBytesForCurrentThread() >= _nextLook) LookAtMemory();
        if (Stopwatch.GetTimestamp() >= _nextCpuReading) ReadCpu();
        // Last: code that recurses again from a catch or finally block would otherwise be told of its stack only, for ever.
        CheckStack();
    }

    private void CheckLong()
    {
        CheckCpu();
        if (GC.GetAllocatedBytesForCurrentThread() >= _nextLook) LookAtMemory();
    }

    /// <summary>The engine asks at its next statement. Any thread, and again and again: the engine's own count may overwrite this.</summary>
    internal void Hurry() => EngineInternals.StatementsToCheck(_engine!) = 0;

    private void CheckCpu()
    {
        if (Exceeded is { } exceeded) throw exceeded;
        if (Stopwatch.GetTimestamp() >= _nextCpuReading) ReadCpu();
    }

    /// <summary>Answers too deep a recursion with a RangeError that the vat's code can catch. Also for native code that calls itself through the vat's objects.</summary>
    internal void CheckStack()
    {
        byte here;
        if (_armed && (nint)(&here) < _deepest) throw new JavaScriptException(_rangeError!, "Maximum call stack size exceeded");
    }

    /// <summary>Before a text is parsed for the crank of this thread.</summary>
    internal static void BeginText()
    {
        if (t_current is not { _armed: true } budget) return;
        byte here;
        budget._deepestOfParser = Math.Min(budget._top - budget.ParserStackBytes, (nint)(&here) - (budget.ParserStackBytes / 4));
    }

    /// <summary>
    /// Before each token that is read for the crank of this thread. The parser would use the whole stack of the thread, and a collection that comes just then looks at
    /// every frame of it while other vats wait.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">The text is nested too deeply.</exception>
    internal static void CheckParser()
    {
        if (t_current is not { _armed: true } budget) return;
        byte here;
        if ((nint)(&here) < budget._deepestOfParser) throw new InsufficientExecutionStackException();
        if ((++budget._tokens & 0xff) == 0) budget.CheckCpu();
    }

    public override void Reset()
    {
    }

    // One comparison on the way of ordinary code for both limits of memory.
    private void LookAtMemory()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (allocated - _allocatedAtStart > limits.AllocationPerCrank)
            Exceed(VatLimitException.Allocation, $"one delivery allocated more than {limits.AllocationPerCrank >> 20} MiB");
        if (memory?.Book(allocated - _booked) is { } verdict) Exceed(verdict);
        _booked = allocated;
        SetNextLook();
    }

    private void SetNextLook() => _nextLook = Math.Min(_booked + MemoryWatch.LookEvery, _allocatedAtStart + limits.AllocationPerCrank + 1);

    // A thread's CPU time never runs faster than the wall clock, which is cheap to read. So the CPU clock, a system call, is read only when
    // as much wall time has gone by as there was CPU time left.
    private void ReadCpu()
    {
        var left = limits.CpuPerCrank - (ThreadCpuClock.Now - _cpuAtStart);
        if (left <= TimeSpan.Zero) Exceed(VatLimitException.Cpu, $"one delivery used more than {limits.CpuPerCrank.TotalSeconds:0.###} s of CPU time");
        _nextCpuReading = Stopwatch.GetTimestamp() + Math.Max(Ticks(left), Ticks(TimeSpan.FromMilliseconds(1)));
    }

    private void Exceed(string code, string message) => Exceed(new VatLimitException(code, message));

    private void Exceed(VatLimitException limit)
    {
        Exceeded = limit;
        throw limit;
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}
