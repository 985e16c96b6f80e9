using System.Globalization;
using Ocap.Vats.Limits;
using Ocap.Vats.Marshal;

namespace Ocap.Vats;

/// <summary>With whom a vat shares a process.</summary>
public enum VatIsolation : byte
{
    /// <summary>With all that ask for nothing else.</summary>
    Shared,

    /// <summary>With those vats of its subcluster that ask for the same.</summary>
    Subcluster,

    /// <summary>With nobody.</summary>
    Own,
}

/// <summary>The limits that a vat runs under, its own and those it said nothing about.</summary>
/// <param name="CpuMs">CPU time of one crank, in milliseconds.</param>
/// <param name="MemoryBytes">Bytes that it may hold; one that did not ask for a limit may hold more as long as there is room.</param>
/// <param name="Statements">Statements of one crank, or null when they are not counted.</param>
public readonly record struct LimitsInForce(long CpuMs, long MemoryBytes, long? Statements);

/// <summary>What a vat's configuration says, under <c>creationOptions</c>, about how it runs: <c>isolation</c> and <c>limits</c>. Other options are nobody's business here, unless one is likely to be meant for one of these.</summary>
public sealed record VatOptions
{
    private const long MostCpuMs = 600_000;
    private const long LeastMemoryMiB = 16;
    private const long MostSharedMemoryMiB = 256;
    private const long MostMemoryMiB = 1024;
    private const long MostStatements = 1L << 53;

    private static readonly VatOptions Default = new();
    private static readonly string[] Names = ["isolation", "limits"];

    private long? _cpuMs;
    private long? _memoryMiB;
    private long? _statements;

    private VatOptions()
    {
    }

    /// <summary>With whom it shares a process.</summary>
    public VatIsolation Isolation { get; private init; }

    /// <summary>What it may hold, in bytes, when it says so.</summary>
    public long? MemoryBytes => _memoryMiB << 20;

    /// <summary>What is wrong with the options, or null. A vat does not start with wrong ones.</summary>
    public string? Complaint { get; private init; }

    /// <summary>What is in force for this vat.</summary>
    public LimitsInForce InForce
    {
        get
        {
            VatLimits limits = Apply(VatLimits.Default);
            return new LimitsInForce((long)limits.CpuPerCrank.TotalMilliseconds, limits.RetainedPerVat, limits.StatementsPerCrank);
        }
    }

    /// <summary>Reads a stored vat configuration (JSON text).</summary>
    public static VatOptions Read(string config)
    {
        try
        {
            JsonTree? options = JsonTree.Parse(config) is JsonTree.Record vat ? vat["creationOptions"] : null;
            return options switch
            {
                JsonTree.Record record => Read(record),
                // As with other optional members, what JavaScript takes for false counts as absent.
                null or JsonTree.Null or JsonTree.Bool { Value: false } or JsonTree.Number { Value: 0 } or JsonTree.Text { Value: "" } => Default,
                _ => throw new FormatException("creationOptions must be an object"),
            };
        }
        catch (FormatException wrong)
        {
            return new VatOptions { Complaint = wrong.Message };
        }
    }

    /// <summary>Limits with what this vat says about its own.</summary>
    internal VatLimits Apply(VatLimits limits) => ReferenceEquals(this, Default) ? limits : limits with
    {
        CpuPerCrank = _cpuMs is { } cpu ? TimeSpan.FromMilliseconds(cpu) : limits.CpuPerCrank,
        StatementsPerCrank = _statements ?? limits.StatementsPerCrank,
        RetainedPerVat = MemoryBytes ?? limits.RetainedPerVat,
        RetainedCap = MemoryBytes ?? limits.RetainedCap,
    };

    private static VatOptions Read(JsonTree.Record options)
    {
        foreach ((string name, JsonTree _) in options.Entries)
        {
            if (Names.FirstOrDefault(known => IsSlipOf(known, name)) is { } meant)
            {
                throw new FormatException($"creationOptions has no {Quoting.Quote(name)}; do you mean {meant}?");
            }
        }

        VatIsolation isolation = options["isolation"] switch
        {
            null or JsonTree.Text { Value: "shared" } => VatIsolation.Shared,
            JsonTree.Text { Value: "subcluster" } => VatIsolation.Subcluster,
            JsonTree.Text { Value: "own" } => VatIsolation.Own,
            _ => throw new FormatException("creationOptions.isolation must be \"shared\", \"subcluster\" or \"own\""),
        };
        return options["limits"] switch
        {
            null => new VatOptions { Isolation = isolation },
            JsonTree.Record limits => ReadLimits(new VatOptions { Isolation = isolation }, limits),
            _ => throw new FormatException("creationOptions.limits must be an object"),
        };
    }

    /// <summary>Whether a name is not this one but differs from it by upper and lower case, and one letter, at most.</summary>
    private static bool IsSlipOf(string known, string name)
    {
        if (string.Equals(known, name, StringComparison.Ordinal) || Math.Abs(known.Length - name.Length) > 1)
        {
            return false;
        }

        int shorter = Math.Min(known.Length, name.Length);
        int start = 0;
        while (start < shorter && Same(known[start], name[start]))
        {
            start++;
        }

        int end = 0;
        while (end < shorter - start && Same(known[^(end + 1)], name[^(end + 1)]))
        {
            end++;
        }

        return Math.Max(known.Length, name.Length) - start - end <= 1;

        static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
    }

    private static VatOptions ReadLimits(VatOptions options, JsonTree.Record limits)
    {
        foreach ((string name, JsonTree value) in limits.Entries)
        {
            switch (name)
            {
                case "cpuMs":
                    options._cpuMs = Whole(name, value, 1, MostCpuMs);
                    break;
                case "memoryMiB":
                    options._memoryMiB = Whole(name, value, LeastMemoryMiB, MostMemoryMiB);
                    break;
                case "statements":
                    options._statements = Whole(name, value, 1, MostStatements);
                    break;
                default:
                    throw new FormatException($"creationOptions.limits has no {Quoting.Quote(name)}; it may have cpuMs, memoryMiB and statements");
            }
        }

        return options._memoryMiB > MostSharedMemoryMiB && options.Isolation != VatIsolation.Own
            ? throw new FormatException($"creationOptions.limits.memoryMiB above {MostSharedMemoryMiB} needs isolation \"own\": there is no more for one of many")
            : options;
    }

    private static long Whole(string name, JsonTree value, long least, long most) =>
        value is JsonTree.Number { Value: var number } && number >= least && number <= most && Math.Floor(number) == number
            ? (long)number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"creationOptions.limits.{name} must be a whole number from {least} to {most}"));
}
