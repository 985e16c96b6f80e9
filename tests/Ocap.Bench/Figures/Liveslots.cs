using Jint.Native;
using Ocap.Bench.Driving;
using Ocap.Bench.InProcess;
using Ocap.Marshal;

namespace Ocap.Bench.Figures;

/// <summary>
/// The vat alone, in this process, just-in-time compiled, its store in memory: microseconds of CPU for one operation, collections included. Beside it what
/// the real liveslots takes for the same deliveries to the same bundle, with the same kind of store, under Node.
/// </summary>
internal static class Liveslots
{
    private const int Marshallings = 1_000;

    internal static void Measure(FigureTable table, Setting setting)
    {
        Dictionary<string, double> npm = setting.Npm?.Measure(setting) ?? [];
        VatThread.Run(() => Cases(table, setting, npm));
        VatThread.Run(() => Marshal(table, npm));
    }

    private static void Cases(FigureTable table, Setting setting, Dictionary<string, double> npm)
    {
        byte[] bundle = File.ReadAllBytes(setting.ObjectsBundle!);
        using (BenchVat warm = new(bundle))
        {
            warm.Start();
        }

        using BenchVat vat = new(bundle);
        const string Start = "start of a vat of this bundle, parsed anew";
        Add(table, npm, Start, VatThread.CpuOf(vat.Start));
        IReadOnlyList<string> adders = vat.Send("o+0", "#[\"adders\",[]]").Slots;
        foreach (BenchCase one in BenchCase.All)
        {
            if (one.Big && !setting.WithMillion)
            {
                continue;
            }

            foreach (string step in one.SetupMethargs())
            {
                vat.Send("o+0", step);
            }

            string target = one.Target switch { "plain" => adders[0], "guarded" => adders[1], "virtual" => adders[2], _ => "o+0" };
            void Deliver()
            {
                for (int i = 0; i < one.Times; i++)
                {
                    vat.Send(target, one.Methargs);
                }
            }

            if (!one.Once)
            {
                Deliver();
            }

            Add(table, npm, one.Name, VatThread.CpuOf(Deliver) / one.Times / one.Operations);
        }
    }

    private static void Marshal(FigureTable table, Dictionary<string, double> npm)
    {
        using BenchVat client = new([]);
        using BareHeap heap = new(client);
        CapData data = SampleData.CapData;
        JsValue value = heap.Unserialize(data);
        CapData back = heap.Serialize(value);
        if (!string.Equals(back.Body, data.Body, StringComparison.Ordinal) || !back.Slots.SequenceEqual(data.Slots))
        {
            throw new InvalidOperationException("the data is not what comes back");
        }

        AddRate("unserialize", () => heap.Unserialize(data));
        AddRate("serialize", () => heap.Serialize(value));

        void AddRate(string name, Action part)
        {
            void Repeat()
            {
                for (int i = 0; i < Marshallings; i++)
                {
                    part();
                }
            }

            Repeat();
            double rate = data.Body.Length / (VatThread.CpuOf(Repeat) / Marshallings);
            table.Add(rate, $"marshal: {name}", "MB/CPU s", moreIsBetter: true);
            if (npm.TryGetValue(name, out double theirs))
            {
                table.Add(data.Body.Length / theirs, $"  npm under Node: {name}", "MB/CPU s", moreIsBetter: true);
                table.Add(rate * theirs / data.Body.Length, $"  npm's time over ours: {name}", "×", moreIsBetter: true);
            }
        }
    }

    private static void Add(FigureTable table, Dictionary<string, double> npm, string name, double cpu)
    {
        table.Add(cpu, name, "µs CPU");
        if (npm.TryGetValue(name, out double theirs))
        {
            table.Add(theirs, $"  npm under Node: {name}", "µs CPU");
            table.Add(theirs / cpu, $"  npm's time over ours: {name}", "×", moreIsBetter: true);
        }
    }
}
