using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>V8's words for the engine's: fixed ones here, those about an expression in the classes named after what went wrong.</summary>
internal static class Wording
{
    /// <summary>V8's message; null where the engine's is as good.</summary>
    /// <param name="site">Where it was thrown.</param>
    /// <param name="message">What the engine says.</param>
    /// <param name="error">The error, if it is one already.</param>
    internal static string? Of(ErrorSite site, string message, JsError? error) =>
        Fixed(message)
        ?? JsonWords.Of(site, message)
        ?? CircleWords.Of(site, message)
        ?? BuiltinWords.Of(site, message, error)
        ?? CallWords.Of(site, message)
        ?? ReadWords.Of(site, message)
        ?? WriteWords.Of(site, message)
        ?? IterationWords.Of(site, message)
        ?? NameWords.Of(site, message)
        ?? PrivateWords.Of(site, message)
        ?? ValueWords.Of(site, message, error);

    private static string? Fixed(string message) => message switch
    {
        "Exponent must be positive" => "undefined must be positive",
        "Generator state was unexpectedly executing" => "Generator is already running",
        "no arguments were passed to Promise.all" or "no arguments were passed to Promise.race" or "no arguments were passed to Promise.any" or "no arguments were passed to Promise.allSettled"
            => "undefined is not iterable (cannot read property Symbol(Symbol.iterator))",
        _ when message.StartsWith("WeakMap key must be an object, got ", StringComparison.Ordinal) => "Invalid value used as weak map key",
        _ when message.StartsWith("WeakSet value must be an object or symbol, got ", StringComparison.Ordinal) => "Invalid value used in weak set",
        _ => null,
    };

    /// <summary>What stands between two texts; null when the whole does not have that form.</summary>
    internal static string? Between(this string message, string before, string after) =>
        message.Length >= before.Length + after.Length && message.StartsWith(before, StringComparison.Ordinal) && message.EndsWith(after, StringComparison.Ordinal)
            ? message[before.Length..^after.Length]
            : null;
}
