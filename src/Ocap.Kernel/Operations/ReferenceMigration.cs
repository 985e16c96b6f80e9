using Ocap.Kernel.Audit;
using Ocap.Kernel.CLists;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>
/// Makes a database of the reference one of ours (K23): the same keys and values, but counts that are the sums of their holders, results that nobody
/// decides while their message waits (K4), and no c-list entries of promises that everybody has been told about (K5). Changes a view only.
/// </summary>
internal sealed class ReferenceMigration
{
    /// <summary>The identity's secrets. Whoever asks for the migration has put them into a safer place.</summary>
    private static readonly string[] SecretKeys = ["keySeed", "ocapURLKey"];

    private readonly StateView _view;
    private readonly Dictionary<string, string> _rows;
    private readonly Func<VatId, string, bool> _watches;

    private ReferenceMigration(StateView view, Func<VatId, string, bool> watches)
    {
        _view = view;
        _watches = watches;
        _rows = view.Scan("").ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Migrates what <paramref name="view"/> shows.</summary>
    /// <param name="view">The state, with all keys of a fresh database in it.</param>
    /// <param name="watches">Whether a vat's store holds a watcher of a promise, by vref: that vat will ask about it when it starts.</param>
    /// <returns>Promises that nobody can settle any more, in order; once the queue is loaded, they are to be rejected.</returns>
    /// <exception cref="MigrationException">There is something in the state that this version cannot take over.</exception>
    internal static List<KRef> Run(StateView view, Func<VatId, string, bool> watches)
    {
        var migration = new ReferenceMigration(view, watches);
        migration.RefuseRemotes();
        migration.DeleteSecrets();
        migration.DropUnqueuedRows();
        migration.GiveUpResults();
        migration.DropToldPromises();
        migration.RestoreOwners();
        migration.Recount();
        return migration.Orphans();
    }

    private void RefuseRemotes()
    {
        if (_rows.Keys.FirstOrDefault(static key => key.StartsWith("remote.", StringComparison.Ordinal)) is { } remote)
        {
            throw new MigrationException(
                $"This database of the reference has connections to other kernels ({remote}), which this version of ocap cannot take over yet. Nothing was changed. "
                + "Go on using it with the program that made it, or name another home.");
        }
    }

    private void DeleteSecrets()
    {
        foreach (string key in SecretKeys)
        {
            Delete(key);
        }
    }

    /// <summary>The reference writes a queued item and the queue's end one after the other; an item beyond the end was never queued.</summary>
    private void DropUnqueuedRows()
    {
        long head = Counter.Get(_view, RunQueue.HeadKey, 1);
        long tail = Counter.Get(_view, RunQueue.TailKey, 1);
        foreach (string key in KeysWith("queue.run."))
        {
            if (Digits.TryParse(key.AsSpan("queue.run.".Length), out long position) && (position < tail || position >= head))
            {
                Delete(key);
            }
        }
    }

    /// <summary>There, a sender goes on deciding the results of what it has sent.</summary>
    private void GiveUpResults()
    {
        foreach (Message message in ReferenceCounts.Messages(_rows))
        {
            if (message.Result is { } result)
            {
                Delete($"{result}.decider");
            }
        }
    }

    /// <summary>There, a promise stays in every c-list it was ever in.</summary>
    private void DropToldPromises()
    {
        HashSet<(VatId, KRef)> pending = PendingNotifies();
        var heldBy = new Dictionary<KRef, List<(VatId Vat, VRef VRef)>>();
        foreach ((string key, string value) in _rows)
        {
            if (ReferenceCounts.TryReadEntry(key, out string id, out KRef kref) && kref.IsPromise && !IsUnresolved(kref) && VatId.TryParse(id, out VatId vat))
            {
                heldBy.TryAdd(kref, []);
                heldBy[kref].Add((vat, CListEntry.Parse(value).VRef));
            }
        }

        foreach ((KRef promise, List<(VatId Vat, VRef VRef)> entries) in heldBy)
        {
            KeepIfToldOutside(promise, entries);
            foreach ((VatId vat, VRef vref) in entries)
            {
                if (!pending.Contains((vat, promise)) && !_watches(vat, vref.Text))
                {
                    Delete($"{vat}.c.{promise}");
                    Delete($"{vat}.c.{vref}");
                }
            }
        }
    }

    /// <summary>
    /// The result of a message from outside is known to the vat that settled it, by the kernel's name for it, and to no other: what it mentions
    /// has been told to a person, and stays (K8).
    /// </summary>
    private void KeepIfToldOutside(KRef promise, List<(VatId Vat, VRef VRef)> entries)
    {
        if (entries is [{ VRef.IsExport: false }] && _rows.TryGetValue($"{promise}.value", out string? value) && QueueJson.ReadCapData(value).Slots.Count > 0)
        {
            Put(KeptResults.Key(promise), "true");
        }
    }

    /// <summary>There, counts that under-run delete objects whose exporter lives: it owns them again.</summary>
    private void RestoreOwners()
    {
        foreach ((string key, string value) in _rows.ToList())
        {
            if (ReferenceCounts.TryReadEntry(key, out string vat, out KRef kref) && !kref.IsPromise && CListEntry.Parse(value).VRef.IsExport && IsLive(vat))
            {
                Put($"{kref}.owner", vat);
                if (!_rows.ContainsKey($"{kref}.refCount"))
                {
                    Put($"{kref}.refCount", "0,0");
                }
            }
        }
    }

    private void Recount()
    {
        var counts = new ReferenceCounts(_rows);
        DeleteForgotten(counts);
        foreach ((string key, string _) in _rows.ToList())
        {
            if (key.StartsWith("ko", StringComparison.Ordinal) && key.EndsWith(".refCount", StringComparison.Ordinal))
            {
                counts.Objects.TryAdd(KRef.Parse(key[..^".refCount".Length]), default);
            }
        }

        // What is held but gone comes back as an orphan: its holders are told in good time.
        foreach ((KRef ko, RefCounts count) in counts.Objects)
        {
            if (count.Recognizable > 0 || _rows.ContainsKey($"{ko}.refCount"))
            {
                Put($"{ko}.refCount", count.ToString());
            }
        }

        foreach ((KRef kp, long count) in counts.Promises)
        {
            if (count > 0)
            {
                if (!_rows.ContainsKey($"{kp}.state"))
                {
                    Put($"{kp}.state", "rejected");
                    Put($"{kp}.value", QueueJson.Write(KernelError.Make(KernelErrorCode.ObjectDeleted, "This promise was forgotten before it was settled")));
                }

                Put($"{kp}.refCount", Counter.Text(count));
            }
        }
    }

    /// <summary>Settled promises that nobody holds any more, and then those that only they held.</summary>
    private void DeleteForgotten(ReferenceCounts counts)
    {
        var forgotten = new Stack<KRef>();
        foreach (string key in KeysWith("kp"))
        {
            if (ReferenceCounts.TryReadPromise(key, ".state", out KRef promise) && counts.Promises.GetValueOrDefault(promise) == 0)
            {
                forgotten.Push(promise);
            }
        }

        while (forgotten.TryPop(out KRef promise))
        {
            CapData value = QueueJson.ReadCapData(_rows[$"{promise}.value"]);
            Delete($"{promise}.state");
            Delete($"{promise}.value");
            Delete($"{promise}.refCount");
            foreach (string slot in value.Slots)
            {
                KRef kref = KRef.Parse(slot);
                counts.Release(kref);
                if (kref.IsPromise && counts.Promises[kref] == 0 && _rows.ContainsKey($"{kref}.state"))
                {
                    forgotten.Push(kref);
                }
            }
        }
    }

    /// <summary>Unresolved promises without a living decider that are no waiting message's result. The kernel's own answers ended with the other program (K12).</summary>
    private List<KRef> Orphans()
    {
        HashSet<KRef> results = [.. ReferenceCounts.Messages(_rows).Where(static message => message.Result is not null).Select(static message => message.Result!.Value)];
        var orphans = new List<KRef>();
        foreach (string key in KeysWith("kp"))
        {
            if (ReferenceCounts.TryReadPromise(key, ".state", out KRef promise) && IsUnresolved(promise) && !results.Contains(promise)
                && !(_rows.TryGetValue($"{promise}.decider", out string? decider) && IsLive(decider)))
            {
                orphans.Add(promise);
            }
        }

        orphans.Sort();
        return orphans;
    }

    private HashSet<(VatId, KRef)> PendingNotifies()
    {
        var pending = new HashSet<(VatId, KRef)>();
        foreach (string key in KeysWith("queue.run."))
        {
            if (char.IsAsciiDigit(key[^1]) && QueueJson.ReadItem(_rows[key]) is NotifyItem notify)
            {
                pending.Add((notify.Vat, notify.Promise));
            }
        }

        return pending;
    }

    private bool IsUnresolved(KRef promise) => string.Equals(_rows.GetValueOrDefault($"{promise}.state"), "unresolved", StringComparison.Ordinal);

    private bool IsLive(string vat) => _rows.ContainsKey("vatConfig." + vat);

    private List<string> KeysWith(string prefix) => [.. _rows.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];

    private void Put(string key, string value)
    {
        if (!string.Equals(_rows.GetValueOrDefault(key), value, StringComparison.Ordinal))
        {
            _rows[key] = value;
            _view.Put(key, value);
        }
    }

    private void Delete(string key)
    {
        if (_rows.Remove(key))
        {
            _view.Delete(key);
        }
    }
}
