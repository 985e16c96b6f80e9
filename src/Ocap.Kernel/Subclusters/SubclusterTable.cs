using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Subclusters;

/// <summary>A launched subcluster as it is stored. <paramref name="Config"/> is JSON text.</summary>
internal sealed record SubclusterRecord(SubclusterId Id, string Config, IReadOnlyList<KeyValuePair<string, VatId>> Vats);

/// <summary>Subclusters and which vat belongs to which (keys <c>subclusters</c>, <c>vatToSubclusterMap</c>, <c>vatConfig.vN</c>, <c>vatBundle.vN</c>, <c>launching.sN</c>).</summary>
internal readonly struct SubclusterTable(StateView view)
{
    internal const string VatConfigPrefix = "vatConfig.";
    internal const string LaunchingPrefix = "launching.";

    internal List<SubclusterRecord> All()
    {
        var records = new List<SubclusterRecord>();
        using JsonDocument document = StoredJson.Parse(view.Get("subclusters") ?? "[]");
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            if (!SubclusterId.TryParse(element.GetProperty("id").GetString(), out SubclusterId id))
            {
                throw new KernelInvariantException($"not a valid SubclusterId: {element.GetProperty("id").GetRawText()}");
            }

            var vats = new List<KeyValuePair<string, VatId>>();
            foreach (JsonProperty vat in element.GetProperty("vats").EnumerateObject())
            {
                if (VatId.TryParse(vat.Value.GetString(), out VatId vatId))
                {
                    vats.Add(new KeyValuePair<string, VatId>(vat.Name, vatId));
                }
            }

            records.Add(new SubclusterRecord(id, element.GetProperty("config").GetRawText(), vats));
        }

        return records;
    }

    internal void Add(SubclusterRecord record)
    {
        List<SubclusterRecord> records = All();
        records.Add(record);
        Write(records);
    }

    internal void Remove(SubclusterId id)
    {
        List<SubclusterRecord> records = All();
        records.RemoveAll(record => record.Id == id);
        Write(records);
    }

    internal string? VatConfig(VatId vat) => view.Get(VatConfigPrefix + vat);

    internal string? VatBundle(VatId vat) => view.Get("vatBundle." + vat);

    internal void SetVatBundle(VatId vat, string hash) => view.Put("vatBundle." + vat, hash);

    internal void SetVatConfig(VatId vat, string config) => view.Put(VatConfigPrefix + vat, config);

    /// <summary>Removes a vat's records. Returns its subcluster when it was the last one of it: that ends too.</summary>
    internal SubclusterId? RemoveVat(VatId vat)
    {
        SubclusterId? emptied = null;
        view.Delete(VatConfigPrefix + vat);
        view.Delete("vatBundle." + vat);
        List<SubclusterRecord> records = All();
        for (int i = 0; i < records.Count; i++)
        {
            SubclusterRecord record = records[i];
            if (record.Vats.Any(entry => entry.Value == vat))
            {
                records[i] = record with { Vats = [.. record.Vats.Where(entry => entry.Value != vat)] };
                emptied = records[i].Vats.Count == 0 ? record.Id : null;
                break;
            }
        }

        Write(records);
        return emptied;
    }

    private void Write(List<SubclusterRecord> records)
    {
        var list = new StringBuilder("[");
        var map = new StringBuilder("{");
        foreach (SubclusterRecord record in records)
        {
            list.Append(list.Length == 1 ? "" : ",").Append("{\"id\":\"").Append(record.Id.ToString())
                .Append("\",\"config\":").Append(record.Config).Append(",\"vats\":{");
            bool first = true;
            foreach ((string name, VatId vat) in record.Vats)
            {
                list.Append(first ? "" : ",");
                SmallcapsText.AppendJson(list, name);
                list.Append(":\"").Append(vat.ToString()).Append('"');
                map.Append(map.Length == 1 ? "\"" : ",\"").Append(vat.ToString()).Append("\":\"").Append(record.Id.ToString()).Append('"');
                first = false;
            }

            list.Append("}}");
        }

        view.Put("subclusters", list.Append(']').ToString());
        view.Put("vatToSubclusterMap", map.Append('}').ToString());
    }
}
