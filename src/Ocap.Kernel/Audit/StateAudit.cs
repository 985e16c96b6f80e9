using Ocap.Kernel.CLists;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Audit;

/// <summary>
/// Recomputes every reference count from those who hold, and checks what must always be true of the stored state (invariants I1–I3 of the design).
/// It reads rows, not tables: it shares no code with what keeps the counts.
/// </summary>
internal sealed class StateAudit
{
    private const string ServicePrefix = "kernelService.";
    private const string EndedPrefix = "ended.";

    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private readonly ReferenceCounts _counts;
    private readonly List<string> _problems = [];

    private StateAudit(IEnumerable<KeyValuePair<string, string>> rows)
    {
        foreach ((string key, string value) in rows)
        {
            _rows[key] = value;
        }

        _counts = new ReferenceCounts(_rows);
    }

    /// <summary>What is wrong with a state, a sentence each; empty when it is sound.</summary>
    internal static IReadOnlyList<string> Check(IEnumerable<KeyValuePair<string, string>> rows)
    {
        var audit = new StateAudit(rows);
        audit.CheckRows();
        audit.CompareObjects();
        audit.ComparePromises();
        audit.CheckActions();
        return audit._problems;
    }

    private void CheckRows()
    {
        foreach ((string key, string value) in _rows)
        {
            if (ReferenceCounts.TryReadEntry(key, out string vat, out KRef kref))
            {
                CheckEntry(vat, kref, CListEntry.Parse(value));
            }
            else if (key.IndexOf(".c.", StringComparison.Ordinal) is > 0 and var reverse)
            {
                CheckReverse(key[..reverse], key[(reverse + 3)..], value);
            }
            else if (ReferenceCounts.TryReadPromise(key, ".decider", out KRef decided))
            {
                CheckDecider(decided, value);
            }
            else if (key.StartsWith(EndedPrefix, StringComparison.Ordinal))
            {
                CheckEnded(key[EndedPrefix.Length..]);
            }
            else if (key.StartsWith(ServicePrefix, StringComparison.Ordinal))
            {
                CheckService(key[ServicePrefix.Length..], value);
            }
        }
    }

    /// <summary>A service has an object of the kernel's that is pinned; one of an IO channel goes with its subcluster.</summary>
    private void CheckService(string name, string kref)
    {
        if (!string.Equals(_rows.GetValueOrDefault($"{kref}.owner"), "kernel", StringComparison.Ordinal))
        {
            _problems.Add($"the service {name} is {kref}, whose owner is {_rows.GetValueOrDefault($"{kref}.owner") ?? "nobody"}");
        }

        if (!_rows.GetValueOrDefault("pinnedObjects", "").Split(',').Contains(kref, StringComparer.Ordinal))
        {
            _problems.Add($"the service {name} is {kref}, which is not pinned");
        }

        if (name.Split(':') is ["io", var subcluster, ..] && !_rows["subclusters"].Contains($"\"id\":\"{subcluster}\"", StringComparison.Ordinal))
        {
            _problems.Add($"the service {name} is of a subcluster that has ended");
        }
    }

    /// <summary>Who is to settle a promise lives, or has ended and its answers are being rejected: then the promise is still in its c-list, where it will be found.</summary>
    private void CheckDecider(KRef promise, string decider)
    {
        if (!string.Equals(decider, "kernel", StringComparison.Ordinal) && !IsLive(decider)
            && !(_rows.ContainsKey(EndedPrefix + decider) && _rows.ContainsKey($"{decider}.c.{promise}")))
        {
            _problems.Add($"{promise} is {decider}'s to settle, which has ended");
        }
    }

    private void CheckEnded(string vat)
    {
        if (IsLive(vat) || !IsBeingCleanedUp(vat))
        {
            _problems.Add($"{vat} may owe answers as an ended vat, but {(IsLive(vat) ? "lives" : "nobody cleans up after it")}");
        }
    }

    private bool IsLive(string vat) => _rows.ContainsKey("vatConfig." + vat);

    private bool IsBeingCleanedUp(string vat) => _rows.GetValueOrDefault("vats.terminated", "").Contains($"\"{vat}\"", StringComparison.Ordinal);

    private void CheckEntry(string vat, KRef kref, CListEntry entry)
    {
        if (!_rows.TryGetValue($"{vat}.c.{entry.VRef}", out string? back) || !string.Equals(back, kref.ToString(), StringComparison.Ordinal))
        {
            _problems.Add($"{vat}.c.{kref} is {entry} but {vat}.c.{entry.VRef} is {back ?? "missing"}");
        }

        if (!IsLive(vat) && !IsBeingCleanedUp(vat))
        {
            _problems.Add($"{vat}.c.{kref} is left of a vat that has ended");
        }

        if (kref.IsPromise)
        {
            if (!_rows.ContainsKey($"{kref}.state"))
            {
                _problems.Add($"{vat}.c.{kref} names a promise that is gone");
            }
        }
        else if (entry.VRef.IsExport && !string.Equals(_rows.GetValueOrDefault($"{kref}.owner"), vat, StringComparison.Ordinal) && IsLive(vat))
        {
            _problems.Add($"{vat} exports {kref}, whose owner is {_rows.GetValueOrDefault($"{kref}.owner") ?? "nobody"}");
        }
    }

    private void CheckReverse(string vat, string vref, string kref)
    {
        if (!_rows.TryGetValue($"{vat}.c.{kref}", out string? entry) || !entry.EndsWith(" " + vref, StringComparison.Ordinal))
        {
            _problems.Add($"{vat}.c.{vref} is {kref} but {vat}.c.{kref} is {entry ?? "missing"}");
        }
    }

    private void CheckActions()
    {
        const string Prefix = "gcAction.";
        foreach (string action in _rows.Keys.Where(static key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (action.Split('.')[1] is var vat && !IsLive(vat) && !IsBeingCleanedUp(vat))
            {
                _problems.Add($"the action {action} waits for a vat that has ended");
            }
        }

        if (_rows.GetValueOrDefault("gcActions", "[]") is not "[]" and var list)
        {
            _problems.Add($"actions are stored in a list: {list}");
        }
    }

    private void CompareObjects()
    {
        foreach ((string key, string value) in _rows)
        {
            if (key.StartsWith("ko", StringComparison.Ordinal) && key.EndsWith(".refCount", StringComparison.Ordinal))
            {
                KRef ko = KRef.Parse(key[..^".refCount".Length]);
                _counts.Objects.Remove(ko, out RefCounts expected);
                if (!string.Equals(value, expected.ToString(), StringComparison.Ordinal))
                {
                    _problems.Add($"{ko} counts {value}, its holders make {expected}");
                }
            }
        }

        foreach ((KRef gone, RefCounts counts) in _counts.Objects)
        {
            _problems.Add($"{gone} does not exist but is held ({counts})");
        }
    }

    private void ComparePromises()
    {
        foreach ((string key, string value) in _rows)
        {
            if (!ReferenceCounts.TryReadPromise(key, ".refCount", out KRef kp))
            {
                continue;
            }

            _counts.Promises.Remove(kp, out long expected);
            if (!string.Equals(value, State.Counter.Text(expected), StringComparison.Ordinal))
            {
                _problems.Add($"{kp} counts {value}, its holders make {expected}");
            }

            bool isOwedByKernel = string.Equals(_rows.GetValueOrDefault($"{kp}.decider"), "kernel", StringComparison.Ordinal);
            if (isOwedByKernel != _counts.Called.Contains(kp))
            {
                _problems.Add(isOwedByKernel ? $"the kernel owes {kp}, but no call of a service is to settle it" : $"a call of a service is to settle {kp}, which is not the kernel's");
            }

            bool unresolved = string.Equals(_rows.GetValueOrDefault($"{kp}.state"), "unresolved", StringComparison.Ordinal);
            int settlers = _counts.Settlers.GetValueOrDefault(kp);
            if (unresolved && settlers != 1)
            {
                _problems.Add($"{settlers} may settle {kp}, which is unresolved");
            }
            else if (!unresolved && settlers != 0)
            {
                _problems.Add($"{settlers} may settle {kp}, which is settled");
            }
        }

        foreach ((KRef gone, long count) in _counts.Promises)
        {
            _problems.Add($"{gone} does not exist but is held ({count})");
        }
    }
}
