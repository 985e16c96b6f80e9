using System.Runtime.CompilerServices;

namespace Ocap.Vats.Limits;

/// <summary>What one vat may use. The defaults are the project's; a vat's <c>creationOptions.limits</c> may lower or raise the crank budgets.</summary>
internal sealed record VatLimits
{
    internal static VatLimits Default { get; } = new();

    /// <summary>CPU time of the vat's thread in one crank.</summary>
    public TimeSpan CpuPerCrank { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes allocated in one crank, freed or not: a backstop against bombs, not a measure of memory held.</summary>
    public long AllocationPerCrank { get; init; } = 8L << 30;

    /// <summary>Bytes that one vat may hold when all together hold more than <see cref="RetainedInAll"/>; as long as there is room, it may hold more.</summary>
    public long RetainedPerVat { get; init; } = 256L << 20;

    /// <summary>Bytes that one vat may hold however much room there is.</summary>
    public long RetainedCap { get; init; } = long.MaxValue;

    /// <summary>Bytes that the whole heap may hold, with the kernel's own, before vats are ended for what they hold.</summary>
    public long RetainedInAll { get; init; } = (512L << 20) + ((64L << 20) * Environment.ProcessorCount);

    /// <summary>Statements run in one crank, or null for no such limit. The only budget that is the same on every machine.</summary>
    public long? StatementsPerCrank { get; init; }

    /// <summary>Elements of one array.</summary>
    public uint ArrayLength { get; init; } = 10_000_000;

    /// <summary>Bytes of one ArrayBuffer, resizable to no more than that, or of one typed array's own buffer.</summary>
    public int BufferBytes { get; init; } = 64 << 20;

    /// <summary>Characters of one bundle's source, or of one text given to <c>eval</c> or <c>Function</c>.</summary>
    public int SourceLength { get; init; } = 32 << 20;

    /// <summary>One match of one regular expression.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Nesting that <c>JSON.parse</c> accepts.</summary>
    public int JsonDepth { get; init; } = 1000;

    /// <summary>
    /// Stack that a vat's code may use, in bytes; deeper recursion is answered with a RangeError that the vat can catch. A call takes 0.8 to 3 KB. V8 allows about
    /// twice as many; but a collection looks at every frame, once or twice, and 8 MiB of them made the vats that share the process wait for 230 ms.
    /// </summary>
    public int StackBytes { get; init; } = 4 << 20;

    /// <summary>Stack that the parser may use, in bytes, below where a crank begins; for a text that is evaluated where code has used up more, a quarter of it.</summary>
    public int ParserStackBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Stack that the vat's thread is made with, in bytes: far more than the code may use. The engine catches and throws again in every <c>for…of</c> that an
    /// error passes, and each of these takes stack where the stack is deepest; 1–2 KB as native code, up to 40 KB under the JIT, where only tests run. And a function
    /// that is entered where the code's stack ends may nest 2 000 levels. What is not touched costs address space only.
    /// </summary>
    public int ThreadStackBytes => (StackBytes * (RuntimeFeature.IsDynamicCodeCompiled ? 64 : 8)) + (16 << 20);
}
