using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Services.Io;

namespace Ocap.Kernel.Subclusters;

/// <summary>What goes with the last vat of a subcluster: its record, its IO channels, the name it had as a system subcluster.</summary>
internal static class SubclusterEnd
{
    /// <summary>Makes it part of a commit. What is gone already is no matter.</summary>
    internal static void Apply(Commit commit, SubclusterId subcluster)
    {
        var table = new SubclusterTable(commit.Writes);
        table.Remove(subcluster);
        commit.Writes.Delete(SubclusterTable.LaunchingPrefix + subcluster);
        SystemSubclusters.Forget(commit.Writes, subcluster);
        IoChannels.Forget(commit, subcluster);
        commit.EndedSubclusters.Add(subcluster);
    }
}
