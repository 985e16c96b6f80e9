using System.Text.Json;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Subclusters;

/// <summary>Brings the stored system subclusters and the configured ones together at the start (spec/cluster-config.md §5; key <c>systemSubcluster.&lt;name&gt;</c>).</summary>
internal static class SystemSubclusters
{
    private const string Prefix = "systemSubcluster.";

    /// <exception cref="ArgumentException">Two have one name.</exception>
    internal static void RequireDistinct(IReadOnlyList<SystemSubcluster> configured)
    {
        if (configured.DistinctBy(static subcluster => subcluster.Name, StringComparer.Ordinal).Count() != configured.Count)
        {
            throw new ArgumentException("Duplicate system subcluster names in config");
        }
    }

    /// <summary>Ends those that are configured no longer, checks those that are there, and launches those that are not as soon as the kernel runs.</summary>
    /// <exception cref="SystemSubclusterException">One that is stored has no bootstrap vat or no root.</exception>
    internal static void Reconcile(KernelCore core)
    {
        RemoveStale(core);
        WriteSet view = core.View();
        foreach (SystemSubcluster configured in core.Options.SystemSubclusters)
        {
            if (view.Get(Prefix + configured.Name) is null)
            {
                core.Defer(() => Launch.Run(core, configured.Config, answer => Launched(core, configured.Name, answer.Failure), configured.Name));
            }
            else
            {
                RequireRoot(view, configured.Name);
            }
        }
    }

    /// <summary>The root of a system subcluster's bootstrap vat, or null when there is no such subcluster.</summary>
    /// <exception cref="SystemSubclusterException">There is, but not its root.</exception>
    internal static KRef? Root(StateView view, string name) => view.Get(Prefix + name) is null ? null : RequireRoot(view, name);

    /// <summary>Notes a launched one as part of the commit that makes it real.</summary>
    internal static void Note(StateView view, string name, SubclusterId subcluster) => view.Put(Prefix + name, subcluster.ToString());

    /// <summary>Forgets the name that a subcluster had, if it had one.</summary>
    internal static void Forget(StateView view, SubclusterId subcluster)
    {
        foreach ((string key, string id) in view.Scan(Prefix))
        {
            if (string.Equals(id, subcluster.ToString(), StringComparison.Ordinal))
            {
                view.Delete(key);
            }
        }
    }

    private static void RemoveStale(KernelCore core)
    {
        WriteSet view = core.View();
        HashSet<string> there = [.. new SubclusterTable(view).All().Select(static record => record.Id.ToString())];
        foreach ((string key, string id) in view.Scan(Prefix))
        {
            string name = key[Prefix.Length..];
            bool isConfigured = core.Options.SystemSubclusters.Any(configured => string.Equals(configured.Name, name, StringComparison.Ordinal));
            if (there.Contains(id) && isConfigured)
            {
                continue;
            }

            if (there.Contains(id) && SubclusterId.TryParse(id, out SubclusterId subcluster))
            {
                core.Powers.Log("info", $"System subcluster \"{name}\" no longer in config, deleting");
                Termination.EndSubcluster(core, subcluster, VatLife.Deleted);
            }
            else
            {
                // Its subcluster is gone: it is launched anew if it is wanted.
                Commit commit = core.Begin();
                commit.Writes.Delete(key);
                core.Merge(commit);
            }
        }
    }

    private static KRef RequireRoot(StateView view, string name)
    {
        string id = view.GetRequired(Prefix + name);
        SubclusterRecord? record = new SubclusterTable(view).All().Find(record => string.Equals(record.Id.ToString(), id, StringComparison.Ordinal));
        VatId? bootstrap = record is null ? null : BootstrapVat(record);
        if (bootstrap is not { } vat)
        {
            throw new SystemSubclusterException($"System subcluster \"{name}\" has no bootstrap vat - database may be corrupted");
        }

        return view.Get($"{vat}.c.{VRef.Root.Text}") is { } root
            ? KRef.Parse(root)
            : throw new SystemSubclusterException($"System subcluster \"{name}\" has no root object - database may be corrupted");
    }

    private static VatId? BootstrapVat(SubclusterRecord record)
    {
        using JsonDocument config = StoredJson.Parse(record.Config);
        string? bootstrap = config.RootElement.TryGetProperty("bootstrap", out JsonElement name) ? name.GetString() : null;
        foreach ((string vatName, VatId vat) in record.Vats)
        {
            if (string.Equals(vatName, bootstrap, StringComparison.Ordinal))
            {
                return vat;
            }
        }

        return null;
    }

    private static void Launched(KernelCore core, string name, string? failure)
    {
        if (failure is not null)
        {
            core.Powers.Log("error", $"System subcluster \"{name}\" could not be launched; it is tried again at the next start: {failure}");
        }
    }
}
