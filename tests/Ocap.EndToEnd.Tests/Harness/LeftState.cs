using System.Globalization;
using System.Text.Json;
using Ocap.Kernel.Audit;
using Ocap.Kernel.Refs;
using Ocap.Store;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>The state as a daemon that is gone left it, read from a copy, so that the next daemon finds the files as they were.</summary>
internal sealed class LeftState
{
    private readonly Dictionary<VatId, SortedDictionary<string, string>> _vats = [];

    private LeftState(SqliteKernelStore store)
    {
        Rows = store.Scan("").ToDictionary(StringComparer.Ordinal);
        List<string> problems = [.. StateAudit.Check(Rows)];
        if (store.CheckIntegrity() is { } damage)
            problems.Add(damage.Message);
        Problems = problems;
        foreach (string key in Rows.Keys.Where(key => key.StartsWith("vatConfig.", StringComparison.Ordinal)))
        {
            VatId vat = Id(key["vatConfig.".Length..]);
            SortedDictionary<string, string> rows = new(StringComparer.Ordinal);
            for (KeyValuePair<string, string>? row = store.VatGetNext(vat, ""); row is { } at; row = store.VatGetNext(vat, at.Key))
                rows[at.Key] = at.Value;
            _vats[vat] = rows;
        }
    }

    /// <summary>The kernel's rows.</summary>
    internal Dictionary<string, string> Rows { get; }

    /// <summary>What is wrong with it: damage of the file, broken invariants, wrong counts.</summary>
    internal IReadOnlyList<string> Problems { get; }

    internal static LeftState Of(TestHome home)
    {
        string directory = Directory.CreateTempSubdirectory("ocap-left-").FullName;
        try
        {
            foreach (string suffix in (string[])["", "-wal"])
            {
                if (File.Exists(home.In("kernel.sqlite" + suffix)))
                    File.Copy(home.In("kernel.sqlite" + suffix), Path.Combine(directory, "kernel.sqlite" + suffix));
            }
            using SqliteKernelStore store = SqliteKernelStore.Open(Path.Combine(directory, "kernel.sqlite"));
            return new LeftState(store);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The texts in a vat's baggage under <c>&lt;prefix&gt;0</c>, <c>&lt;prefix&gt;1</c> …, as far as they go.</summary>
    internal List<string> BaggageList(string vat, string prefix)
    {
        List<string> texts = [];
        SortedDictionary<string, string> rows = _vats[Id(vat)];
        while (rows.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"vc.1.s{prefix}{texts.Count}"), out string? value))
        {
            using JsonDocument capData = JsonDocument.Parse(value);
            using JsonDocument body = JsonDocument.Parse(RpcReply.BodyOf(capData.RootElement));
            texts.Add(body.RootElement.GetString()!);
        }
        return texts;
    }

    private static VatId Id(string text) => VatId.TryParse(text, out VatId id) ? id : throw new FormatException($"{text} is no vat id.");
}
