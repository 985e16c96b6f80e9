using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.ErrorWords;

/// <summary>
/// Gives the errors that the engine itself throws the words that V8 has for them, which programs and people know: <c>x.f is not a function</c>. The engine has
/// no place where that could be said, so it is done when such an error is thrown, before anything sees it: .NET tells of each exception first. What throws
/// nothing pays nothing. What an error is about is read from the syntax tree around the place where it was thrown, and no code of the vat runs for it.
/// </summary>
internal sealed class EngineErrors
{
    private const string Stack = "stack";

    // An engine is used by one thread, and the news of an exception comes on the thread that throws it.
    [ThreadStatic] private static EngineErrors? s_current;

    private readonly Jint.Engine _engine;
    private readonly ObjectInstance? _syntaxErrors;
    private readonly ProgramTrees _programs = new();
    private readonly WeakReference<JsError?> _last = new(null); // an error keeps alive what was running when it was made
    private bool _busy;

    static EngineErrors() => AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) => s_current?.Notice(thrown);

    internal EngineErrors(Jint.Engine engine)
    {
        _engine = engine;
        _syntaxErrors = ((ObjectInstance)engine.Global.Get("SyntaxError")).Get("prototype") as ObjectInstance;
        Glimpse.LearnProxies(engine);
        _ = EngineInternals.Frames(engine).Count; // what the engine has no longer is to be missed here, where it can be said
        Attend();
    }

    /// <summary>To be called on the engine's thread before it runs anything.</summary>
    internal void Attend() => s_current = this;

    /// <summary>To be called on the engine's thread when it runs nothing any more: a thread without work would keep the vat's heap that it worked for last.</summary>
    internal void Leave()
    {
        if (ReferenceEquals(s_current, this)) s_current = null;
    }

    /// <summary>Makes a parsed text known to the engine of this thread, so that its errors can be told apart.</summary>
    internal static void Learn(Acornima.Ast.Program program) => s_current?._programs.Learn(program);

    private void Notice(FirstChanceExceptionEventArgs thrown)
    {
        if (_busy || thrown.Exception is not JintException exception) return;
        _busy = true;
        try
        {
            if (exception is JavaScriptException { Error: JsError error } native) Reword(native, error);
            else if (exception is not JavaScriptException) Reword(exception);
        }
        catch (Exception)
        {
            // The engine's own words will do. What left this would end the process.
        }
        finally
        {
            _busy = false;
        }
    }

    // An error of the vat's code, or one that leaves one function after another, has been given frames; one that the engine has just made has none, and a place.
    private void Reword(JavaScriptException exception, JsError error)
    {
        if ((_last.TryGetTarget(out var last) && ReferenceEquals(error, last)) || !ReferenceEquals(error.Engine, _engine) || exception.InnerException is not { } wrapper) return;
        if (EngineInternals.Frames(wrapper) is not null ? !TakeOwnStack(error) : exception.Location == default && !IsSyntaxError(error)) return;
        _last.SetTarget(error);
        string message = EngineInternals.Message(error)?.ToString() ?? "";
        if ((message.Length == 0 && error.HasOwnProperty("message")) || Words(message, error) is not { } words) return;
        EngineInternals.Message(error) = new JsString(words);
        EngineInternals.Message((Exception)exception) = words;
        EngineInternals.Message(wrapper) = words;
    }

    // Failures that become errors only where a statement of a program catches them. (Their types are the engine's own.)
    private void Reword(JintException exception)
    {
        if (Words(exception.Message, null) is { } words) EngineInternals.Message((Exception)exception) = words;
    }

    private string? Words(string message, JsError? error)
    {
        if (message is "Maximum call stack size exceeded" || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return null;
        ref var last = ref EngineInternals.LastNode(_engine);
        var place = last;
        string? words = Wording.Of(new ErrorSite(_engine, _programs), message, error);
        last = place;
        return words;
    }

    // For what is wrong with a text the engine has no place.
    private bool IsSyntaxError(JsError error) => ReferenceEquals(error.Prototype, _syntaxErrors);

    // A failed look-up in undefined or null comes with a stack property of its own, without a header and not to be changed. All others have it from the prototype.
    private static bool TakeOwnStack(JsError error)
    {
        if (error.GetOwnProperty(Stack) is not { Writable: false, Configurable: false, Enumerable: false } own || own == PropertyDescriptor.Undefined) return false;
        if ((EngineInternals.Message(error) ?? error.GetOwnProperty("message").Value) is not JsString message || !message.ToString().StartsWith("Cannot read ", StringComparison.Ordinal)) return false;
        error.RemoveOwnProperty(Stack);
        error.RemoveOwnProperty("message");
        EngineInternals.Message(error) = message;
        return true;
    }
}
