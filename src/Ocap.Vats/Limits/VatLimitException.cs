using System.Text.RegularExpressions;
using Jint.Runtime;

namespace Ocap.Vats.Limits;

/// <summary>A limit that a vat ran into. Vat code cannot catch it: it ends the crank and the vat.</summary>
internal sealed class VatLimitException(string code, string message) : Exception(message)
{
    internal const string Cpu = "CPU_LIMIT";
    internal const string Allocation = "ALLOCATION_LIMIT";
    internal const string Statements = "STATEMENT_LIMIT";
    internal const string Regex = "REGEX_LIMIT";
    internal const string Memory = "MEMORY_LIMIT";
    internal const string Stack = "STACK_LIMIT";

    /// <summary>Which limit, as a stable word.</summary>
    internal string Code { get; } = code;

    /// <summary>
    /// The limit behind an exception that came out of the engine, or null when it is none: a vat's own throw, or a defect of the engine.
    /// The engine has exceptions of its own for what it bounds itself; here they become one type.
    /// </summary>
    internal static VatLimitException? From(Exception exception) => exception switch
    {
        VatLimitException limit => limit,
        RegexMatchTimeoutException timeout => new VatLimitException(Regex, $"a regular expression ran for longer than {timeout.MatchTimeout.TotalMilliseconds:0} ms"),
        OutOfMemoryException => new VatLimitException(Memory, "one value was larger than memory allows"),
        MemoryLimitExceededException => new VatLimitException(Memory, exception.Message),
        InsufficientExecutionStackException or RecursionDepthOverflowException => new VatLimitException(Stack, "the stack ran out where no error could be thrown to the vat's code"),
        { InnerException: { } inner } when exception is not JavaScriptException => From(inner),
        _ => null,
    };
}
