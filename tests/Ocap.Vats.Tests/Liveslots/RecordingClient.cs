using Ocap.Kernel.Outside;
using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>A kernel's side that keeps a vat store in memory and remembers what was logged.</summary>
internal sealed class RecordingClient : IVatWorkerClient
{
    internal SortedDictionary<string, string> Store { get; } = new(CodePointOrder.Instance);

    internal List<string> Logged { get; } = [];

    /// <summary>How often the next key was asked for.</summary>
    internal int NextAsked { get; private set; }

    // In order; made when rows were added or removed since.
    private List<string>? _keys;

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
    }

    public string? VatstoreGet(string key)
    {
        RequireUnicode(key);
        return Store.GetValueOrDefault(key);
    }

    public KeyValuePair<string, string>? VatstoreGetNext(string key)
    {
        RequireUnicode(key);
        NextAsked++;
        if (_keys is null || _keys.Count != Store.Count)
        {
            _keys = [.. Store.Keys];
        }

        int index = _keys.BinarySearch(key, CodePointOrder.Instance);
        index = index < 0 ? ~index : index + 1;
        return index < _keys.Count ? new(_keys[index], Store[_keys[index]]) : null;
    }

    public FileProbe FileExists(string path) => default;

    public void Lost(string reason, bool isSuspect)
    {
    }

    public void Log(string level, string text) => Logged.Add($"{level} {text}");

    /// <summary>As the kernel's store does.</summary>
    private static void RequireUnicode(string key) => new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(key);

    internal void Apply(CrankReport report)
    {
        _keys = null;
        foreach ((string key, string? value) in report.Vatstore)
        {
            if (value is null)
            {
                Store.Remove(key);
            }
            else
            {
                Store[key] = value;
            }
        }
    }
}
