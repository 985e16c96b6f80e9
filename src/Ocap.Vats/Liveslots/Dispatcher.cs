using Jint.Native;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Endowments;
using Ocap.Vats.Watchers;

namespace Ocap.Vats.Liveslots;

/// <summary>One vat's side of the contract with the kernel (spec/vat-runtime.md): deliveries in, syscalls and store changes out.</summary>
internal sealed class Dispatcher : IDisposable
{
    private readonly VatHeap _heap;
    private readonly VatStart _start;
    private readonly Inbound _inbound;
    private readonly BringOutYourDead _bringOutYourDead;
    private readonly DurableTables _tables;
    private readonly OutsideDesk _outside;
    private string? _uncaught;

    /// <summary>Defines liveslots' globals; the engine is sealed afterwards.</summary>
    internal Dispatcher(VatEngine engine, string vatId, IVatWorkerClient client)
    {
        _heap = new VatHeap(engine, vatId, client);
        _tables = new DurableTables(_heap);
        _inbound = new Inbound(_heap);
        _bringOutYourDead = new BringOutYourDead(_heap);
        var watchers = new PromiseWatchers(_heap, _tables);
        var powers = new VatPowers(_heap, watchers);
        powers.DefineGlobals(engine);
        _start = new VatStart(_heap, powers, _tables, watchers);
        _outside = new OutsideDesk(engine, thrown => client.Log("error", "Uncaught exception: " + ErrorText.Detailed(_heap, thrown)));
    }

    /// <summary>Defines the globals that the vat's configuration asks for; the engine is sealed afterwards.</summary>
    internal void Endow(Worker.VatConfig config) => EndowmentTable.Install(new EndowmentKit(_heap.Engine, _heap.Realm, _outside, _heap.Client), config);

    /// <summary>Promises that stored watchers wait for.</summary>
    internal IReadOnlyList<string> WatchedPromises => _tables.WatchedReferences();

    /// <summary>Starts the vat; returns what went wrong, or null.</summary>
    internal string? Start(CapData parameters, Func<JsValue> evaluateBundle)
    {
        Begin();
        _start.Begin(parameters, evaluateBundle);
        Settle();

        // A vat that begins like this is not launched. One that comes back has begun before: there it is only told of.
        return _start.Error ?? (_uncaught is not null && _heap.Ids.IsFirstIncarnation ? "uncaught rejection at the start: " + _uncaught : null);
    }

    /// <exception cref="Jint.Runtime.JavaScriptException">The delivery cannot be understood, or names what this vat never exported.</exception>
    internal void Deliver(VatDelivery delivery)
    {
        Begin();
        switch (delivery)
        {
            case DeliverMessage message:
                _inbound.Message(message);
                break;
            case DeliverNotify notify:
                _inbound.Notify(notify.Settlements);
                break;
            case DeliverDropExports drop:
                _inbound.DropExports(drop.VRefs);
                break;
            case DeliverRetireExports retire:
                _inbound.RetireExports(retire.VRefs);
                break;
            case DeliverBringOutYourDead:
                _bringOutYourDead.Run();
                break;
            case DeliverOutside happening:
                _outside.Deliver(happening);
                break;
            case DeliverRetireImports retire:
                _inbound.RetireImports(retire.VRefs);
                break;
            default:
                throw new InvalidOperationException($"no vat takes the delivery {delivery.GetType().Name}");
        }

        Settle();
    }

    public void Dispose() => _outside.Dispose();

    /// <summary>What a vat's code threw, as one line.</summary>
    internal string Describe(JsValue thrown) => ErrorText.Of(_heap, thrown);

    internal CrankReport Report() => new()
    {
        Syscalls = _heap.Syscalls.Take(),
        Vatstore = _heap.Store.Changes(),
        Outside = _outside.Take(),
        Uncaught = _uncaught,
        HasMoreDead = _bringOutYourDead.HasMore,
    };

    /// <summary>The imports that the heap has heard of, and those that stored data of an earlier one mentions.</summary>
    internal HeldImports HeldImports()
    {
        var reachable = new HashSet<string>(_heap.References.Imports, StringComparer.Ordinal);
        reachable.UnionWith(_heap.Store.KeysWithPrefix("vom.rc.o-").Select(static key => key["vom.rc.".Length..]));
        HashSet<string> recognizable = [.. _heap.Store.KeysWithPrefix("vom.ir.o-").Select(static key => key["vom.ir.".Length..key.IndexOf('|', StringComparison.Ordinal)])];
        recognizable.ExceptWith(reachable);
        return new([.. reachable], [.. recognizable]);
    }

    private void Begin()
    {
        _heap.Store.Begin();
        _heap.Syscalls.Take();
        _heap.States.Clear();
        _uncaught = null;
    }

    /// <summary>Runs the vat until it is quiet, takes note of rejections that nobody caught, and writes what the crank left to be written.</summary>
    private void Settle()
    {
        _heap.Engine.Drain();
        foreach (JsValue reason in _heap.Engine.TakeUnhandledRejections())
        {
            _heap.Client.Log("error", "Unhandled rejection: " + ErrorText.Detailed(_heap, reason));
            _uncaught ??= ErrorText.Of(_heap, reason);
        }

        _heap.Ids.Flush();
        _heap.States.Flush();
    }
}
