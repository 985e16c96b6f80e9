using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Global;
using Ocap.Vats.Global.Compartments;
using Ocap.Vats.Limits;
using Ocap.Vats.ErrorWords;

namespace Ocap.Vats;

/// <summary>
/// One engine for one vat: its global hardened, its limits set. Everything is called on the vat's own thread, whose stack has
/// <see cref="VatLimits.ThreadStackBytes"/>. After a <see cref="VatLimitException"/> an engine is not used again.
/// </summary>
internal sealed class VatEngine : IDisposable
{
    private readonly VatLimits _limits;
    private readonly MemoryAccount? _memory;
    private readonly CrankBudget _budget;
    private readonly Hardener _hardener;
    private readonly CompartmentKit _compartments;
    private readonly RejectionLedger _rejections;
    private readonly List<JsValue> _defined = [];
    private readonly StackFrames _frames = new();
    private readonly EngineErrors _errors;

    // As long as this engine runs them, others find them (PreparedBundles), and errors find the words of their places.
    private readonly List<PreparedBundle> _bundles = [];

    // One that was asked for and was not over when it was last looked at.
    private Task? _collection;

    /// <param name="limits">What the vat may use.</param>
    /// <param name="console">Takes each console line of the vat: the method's name (<c>debug info log warn error</c>) and the text.</param>
    /// <param name="memory">The vat's account with the watch over all vats' memory; without one, what it retains is not limited.</param>
    internal VatEngine(VatLimits limits, Action<string, string> console, MemoryAccount? memory = null)
    {
        _limits = limits;
        _memory = memory;
        _budget = new CrankBudget(limits, memory);
        VatHost? host = null;
        Engine = new Jint.Engine(LimitedOptions.For(limits, _budget, made => host = made));
        _errors = new EngineErrors(Engine);
        FunctionNodes.Adjust(Engine);
        _budget.Serve(Engine);
        _rejections = new RejectionLedger(Engine);
        (_hardener, _compartments) = HardenedGlobal.Build(Engine, host!, limits, _budget, Notes, _frames, console);
    }

    internal Jint.Engine Engine { get; }

    /// <summary>What is known about objects of the vat's code.</summary>
    internal ObjectNotes Notes { get; } = new();

    /// <summary>Defines a global before <see cref="Seal"/>; not enumerable, as the language's own names and SES's are, unless it is an endowment.</summary>
    internal void DefineGlobal(string name, JsValue value, bool enumerable = false)
    {
        Engine.Global.Define(name, new Jint.Runtime.Descriptors.PropertyDescriptor(value, writable: true, enumerable, configurable: true));
        _defined.Add(value);
    }

    /// <summary>Lets <see cref="Seal"/> harden something that the vat's code can come by without a global of its own.</summary>
    internal void HardenWithGlobals(JsValue value) => _defined.Add(value);

    /// <summary>Hardens what <see cref="DefineGlobal"/> brought, and lets compartments have it. Called before the vat's code runs.</summary>
    internal void Seal()
    {
        _hardener.HardenIntrinsics(_defined.OfType<ObjectInstance>());
        _compartments.ShareGlobals();
        _defined.Clear();
    }

    /// <summary>The native <c>harden</c>, the same as the vat's global of that name.</summary>
    internal JsValue Harden(JsValue value) => _hardener.Harden(value);

    /// <summary>Runs a bundle's code, strict and in the vat's global, and returns its exports. Parsed once for a hash.</summary>
    /// <param name="hash">The bundle's.</param>
    /// <param name="code">Its code.</param>
    /// <param name="places">Where the code came from, if the bundle says; see <see cref="SourcePlaces"/>.</param>
    /// <exception cref="BundleException">The code is too long or does not parse.</exception>
    /// <exception cref="Jint.Runtime.JavaScriptException">The code threw.</exception>
    internal JsValue EvaluateBundle(string hash, string code, string? places = null) => EvaluateBundle(hash, () => BundleText.Of(code, places));

    /// <summary>The same with code that is read when it has not been parsed before.</summary>
    /// <exception cref="BundleException">There is no code, it is too long or it does not parse.</exception>
    /// <exception cref="Jint.Runtime.JavaScriptException">The code threw.</exception>
    internal JsValue EvaluateBundle(string hash, Func<BundleText> read)
    {
        PreparedBundle bundle = PreparedBundles.Shared.Get(hash, _limits.RegexTimeout, () => Acceptable(read()));
        _bundles.Add(bundle);
        _frames.Places = bundle.Places ?? _frames.Places;
        _errors.Attend();
        EngineErrors.Learn(bundle.Script.Program!);
        return Engine.Evaluate(bundle.Script);
    }

    /// <summary>Arms the budget of one crank.</summary>
    internal void BeginCrank()
    {
        _errors.Attend();
        _budget.Arm();
    }

    /// <summary>Disarms the budget and says what the crank used. Also to be called when it was exceeded.</summary>
    internal CrankUsage EndCrank()
    {
        _errors.Leave();
        CrankUsage usage = _budget.Disarm();
        if (usage.AllocatedBytes >= MemoryWatch.MuchInACrank)
        {
            // Nobody may come for long who executes the places that it was used at.
            PlaceCaches.Empty(Engine);
        }

        return usage;
    }

    /// <summary>See <see cref="MemoryAccount.HoldNative"/>.</summary>
    internal void HoldNative(long bytes) => _memory?.HoldNative(bytes);

    /// <summary>Runs promise reactions until none is left.</summary>
    internal void Drain() => Engine.Advanced.ProcessTasks();

    /// <summary>Reasons of rejections that nobody has listened to by the end of a crank.</summary>
    internal IReadOnlyList<JsValue> TakeUnhandledRejections() => _rejections.Take();

    /// <summary>
    /// A full collection, so that a vat's drops can be observed. No code of the vat may be on the stack; the finalization jobs that it causes have run when it returns.
    /// Where that would take long it goes on beside the vats, and false is returned: the next call finds what it found, or waits a little too.
    /// </summary>
    internal bool TryCollectGarbage()
    {
        PlaceCaches.Empty(Engine);
        if (_memory is not { } memory)
        {
            FullCollection.Make();
        }
        else if (_collection is null && FullCollection.IsShort)
        {
            memory.Collect();
        }
        else
        {
            _collection ??= memory.CollectSoon();
            if (!_collection.Wait(memory.CollectionPatience))
            {
                return false;
            }

            _collection = null;
        }

        GC.WaitForPendingFinalizers();
        Drain();
        return true;
    }

    /// <inheritdoc cref="CrankBudget.Hurry"/>
    internal void Hurry() => _budget.Hurry();

    /// <inheritdoc cref="CrankBudget.CheckStack"/>
    internal void CheckStack() => _budget.CheckStack();

    /// <inheritdoc cref="CrankBudget.HasUsed"/>
    internal bool HasUsed(double share) => _budget.HasUsed(share);

    public void Dispose()
    {
        _errors.Leave();
        Engine.Dispose();
    }

    private BundleText Acceptable(BundleText text) => text.Code.Length <= _limits.SourceLength
        ? text
        : throw new BundleException($"The bundle's code has {text.Code.Length} characters; at most {_limits.SourceLength} are allowed.");
}
