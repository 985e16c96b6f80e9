using System.Globalization;
using System.Text.Json;

namespace Ocap.Cli.Client;

/// <summary>What vats use, as <c>status</c> shows it: a line for each of the busiest.</summary>
internal static class VatUsageLines
{
    /// <summary>Vats that are shown one by one.</summary>
    internal const int MostLines = 10;

    /// <summary>Reads the array <c>vats.usage</c> of <c>getDaemonInfo</c>.</summary>
    internal static List<string> Read(ref Utf8JsonReader reader)
    {
        List<Row> rows = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Row row = new();
            row.Read(ref reader);
            rows.Add(row);
        }

        List<string> lines = [.. rows.OrderByDescending(static row => row.CpuMs).Take(MostLines).Select(static row => row.ToString())];
        if (rows.Count > MostLines)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {rows.Count - MostLines} more that used less: ocap daemon status --json"));
        return lines;
    }

    private sealed class Row
    {
        private string _id = "", _name = "";
        private long _deliveries, _mostBytes, _limitMs, _limitMiB, _mostStatements, _limitStatements;
        private double _mostCpuMs;

        internal double CpuMs { get; private set; }

        /// <summary>Reads the members of one vat; its limits have names of their own level.</summary>
        internal void Read(ref Utf8JsonReader reader, bool isLimits = false)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                switch (name)
                {
                    case "id": _id = reader.GetString()!; break;
                    case "name": _name = reader.GetString()!; break;
                    case "deliveries": _deliveries = reader.GetInt64(); break;
                    case "cpuMs" when isLimits: _limitMs = reader.GetInt64(); break;
                    case "cpuMs": CpuMs = reader.GetDouble(); break;
                    case "mostCpuMs": _mostCpuMs = reader.GetDouble(); break;
                    case "memoryMiB": _limitMiB = reader.GetInt64(); break;
                    case "statements": _limitStatements = reader.GetInt64(); break;
                    case "mostStatements": _mostStatements = reader.GetInt64(); break;
                    case "retainedBytes": Read(ref reader); break;
                    case "most": _mostBytes = reader.GetInt64(); break;
                    case "limits": Read(ref reader, isLimits: true); break;
                    default: reader.Skip(); break;
                }
            }
        }

        public override string ToString()
        {
            string statements = _limitStatements == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", at most {_mostStatements} of {_limitStatements} statements at once");
            long mebibytes = (_mostBytes + (1 << 20) - 1) >> 20;
            string memory = mebibytes > _limitMiB
                ? string.Create(CultureInfo.InvariantCulture, $"at most {mebibytes} MiB, of which {_limitMiB} are its own when others need room")
                : string.Create(CultureInfo.InvariantCulture, $"at most {mebibytes} of {_limitMiB} MiB");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_id} ({_name}): {_deliveries} {(_deliveries == 1 ? "delivery" : "deliveries")}, {CpuMs:0.#} ms of CPU, at most {_mostCpuMs:0.#} of {_limitMs} ms at once{statements}, {memory}");
        }
    }
}
