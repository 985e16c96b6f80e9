namespace Ocap.Kernel.Subclusters;

/// <summary>A subcluster that a kernel has by itself, and that may ask for services that are for such alone (spec/cluster-config.md §5).</summary>
/// <param name="Name">What it is known by from one start to the next.</param>
/// <param name="Config">How it is launched the first time. Later starts take up what was launched, whatever this says then.</param>
public sealed record SystemSubcluster(string Name, ClusterConfig Config);

/// <summary>What is stored of a system subcluster does not fit together. The message is for a person.</summary>
public sealed class SystemSubclusterException : Exception
{
    internal SystemSubclusterException(string message)
        : base(message)
    {
    }
}
