using Jint;
using Jint.Native;
using Jint.Runtime;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Vats.Endowments;
using Ocap.Vats.Limits;
using Ocap.Vats.Marshal;
using Ocap.Vats.Tests.Liveslots;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>A vat's engine with endowments and an outside world that the test plays.</summary>
internal sealed class EndowedVat : IDisposable
{
    internal const string AllNames = "setTimeout clearTimeout setInterval clearInterval Date Math crypto SubtleCrypto fetch Request Headers Response "
        + "TextEncoder TextDecoder URL URLSearchParams atob btoa AbortController AbortSignal";

    private readonly VatEngine _engine = new(VatLimits.Default, static (_, _) => { });
    private readonly OutsideDesk _desk;

    private EndowedVat(string names)
    {
        _desk = new OutsideDesk(_engine, thrown => Uncaught.Add(thrown.ToString()));
        var config = new VatConfig(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), ["allowed.test", "127.0.0.1"], null);
        EndowmentTable.Install(new EndowmentKit(_engine, new JsRealm(_engine), _desk, new RecordingClient()), config);
        _engine.Seal();
        _engine.BeginCrank();
    }

    internal List<string> Uncaught { get; } = [];

    internal Jint.Engine Engine => _engine.Engine;

    internal OutsideDesk Desk => _desk;

    /// <summary>What the code has asked of the outside since the last time.</summary>
    internal IReadOnlyList<OutsideRequest> Asked() => _desk.Take();

    internal void Happens(long id, OutsideEvent happening)
    {
        _desk.Deliver(new DeliverOutside(id, happening));
        _engine.Drain();
    }

    internal string Evaluate(string code) => _engine.Engine.Evaluate(code) is { } value and not Jint.Native.Object.ObjectInstance ? TypeConverter.ToString(value) : "";

    public void Dispose()
    {
        _engine.EndCrank();
        _engine.Dispose();
    }

    /// <summary>Uses a vat that has the given names, on a thread with a vat's stack.</summary>
    internal static T Run<T>(string names, Func<EndowedVat, T> use)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using var vat = new EndowedVat(names);
                    result = use(vat);
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            VatLimits.Default.ThreadStackBytes);
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException(failure.ToString(), failure);
    }

    /// <summary>What a promise that some code gives is fulfilled with, as text.</summary>
    internal string Await(string code)
    {
        Engine.Global.Set("__answer", JsValue.Undefined);
        Engine.Evaluate($"({code}).then(v => {{ globalThis.__answer = {{ ok: String(v) }}; }}, e => {{ globalThis.__answer = {{ no: e instanceof Error ? e.name + ': ' + e.message : String(e) }}; }})");
        _engine.Drain();
        return Answer();
    }

    internal string Answer() => Evaluate("__answer === undefined ? 'pending' : __answer.ok ?? ('rejected with ' + __answer.no)");
}
