using Ocap.Bundler;

namespace Ocap.Cli.Bundling;

/// <summary>What became of one target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Result">The bundle; null when there is none.</param>
/// <param name="Failure">Why there is none, complete; null with a result.</param>
/// <param name="Fault">Where in which source, when the failure has a place.</param>
internal sealed record BundleOutcome(BundleTarget Target, BundleResult? Result, string? Failure = null, BundleException? Fault = null)
{
    /// <summary>Makes the bundle of a target, and hands it on to be stored.</summary>
    internal static BundleOutcome Of(BundleTarget target, BundleOptions options, Action<string, byte[]> store)
    {
        if (target.Refusal is { } refusal)
            return new(target, null, refusal);
        try
        {
            BundleResult result = Bundle.Build(target.Source, options);
            store(target.Bundle, result.Bytes);
            return new(target, result);
        }
        catch (BundleException fault)
        {
            return new(target, null, fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(target, null, $"Cannot write {target.Bundle}: {fault.Message}");
        }
    }
}
