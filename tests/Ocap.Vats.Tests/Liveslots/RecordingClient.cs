using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>A kernel's side that keeps a vat store in memory and remembers what was logged.</summary>
internal sealed class RecordingClient : IVatWorkerClient
{
    internal SortedDictionary<string, string> Store { get; } = new(StringComparer.Ordinal);

    internal List<string> Logged { get; } = [];

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
    }

    public string? VatstoreGet(string key) => Store.GetValueOrDefault(key);

    public KeyValuePair<string, string>? VatstoreGetNext(string key)
    {
        foreach (KeyValuePair<string, string> row in Store)
        {
            if (string.CompareOrdinal(row.Key, key) > 0)
            {
                return row;
            }
        }

        return null;
    }

    public FileProbe FileExists(string path) => default;

    public void Lost(string reason, bool isSuspect)
    {
    }

    public void Log(string level, string text) => Logged.Add($"{level} {text}");

    internal void Apply(CrankReport report)
    {
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
