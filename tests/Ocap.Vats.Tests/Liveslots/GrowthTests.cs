using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>What stored data costs grows with how much of it is used, and no faster. OCAP_GROWTH (1) multiplies the sizes.</summary>
public class GrowthTests
{
    private const string Source = """
        var __vatExports__ = { buildRootObject() {
          const far = (name, methods) => { Object.setPrototypeOf(methods, harden(Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: ' + name } }))); return harden(methods); };
          const map = VatData.makeScalarBigMapStore('m');
          const make = VatData.defineKind('k', n => ({ n, s: 'some text' }), { n: ({ state }) => state.n, add: ({ state }) => { state.n += 1; } });
          let held;
          return far('root', {
            insert(from, n) { for (let i = from; i < from + n; i += 1) map.init(`key ${i}`, i); },
            read(from, n) { for (let i = from; i < from + n; i += 1) map.get(`key ${i}`); },
            iterate() { let sum = 0; for (const v of map.values()) sum += v; return sum; },
            make(n) { for (let i = 0; i < n; i += 1) make(i); },
            hold(n) { held = []; for (let i = 0; i < n; i += 1) held.push(make(i)); },
            use() { let sum = 0; for (const o of held) { o.add(); sum += o.n(); } return sum; },
            clear() { map.clear(); },
          });
        } };
        """;

    [Test]
    [Arguments("insert")]
    [Arguments("iterate")]
    [Arguments("read")]
    [Arguments("make")]
    [Arguments("use")]
    [Arguments("clear")]
    public async Task Twenty_times_the_data_costs_no_more_than_twenty_times_as_much_in_proportion(string operation)
    {
        int few = 1_000 * Scale, many = 20_000 * Scale;
        double small = Measure(operation, few) / few, large = Measure(operation, many) / many;
        TestContext.Current?.Output.WriteLine($"{operation}: {small:0.00} µs each of {few}, {large:0.00} µs each of {many}");

        // The first thousand also pay for warming up: what grows with the square would cost twenty times as much each.
        await Assert.That(large).IsLessThan(5 * small);
    }

    private static int Scale => Environment.GetEnvironmentVariable("OCAP_GROWTH") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1;

    /// <summary>CPU time in microseconds.</summary>
    private static double Measure(string operation, int count)
    {
        double cpu = 0;
        var thread = new Thread(
            () =>
            {
                var run = new Run();
                switch (operation)
                {
                    case "insert":
                        cpu = run.Call("insert", 0, count);
                        break;
                    case "make":
                        cpu = run.Call("make", count);
                        break;
                    case "use":
                        run.Call("hold", count);
                        cpu = run.Call("use");
                        break;
                    default:
                        run.Call("insert", 0, count);
                        cpu = operation is "read" ? run.Call("read", 0, count) : run.Call(operation);
                        break;
                }
            },
            VatLimits.Default.ThreadStackBytes);
        thread.Start();
        thread.Join();
        return cpu;
    }

    private sealed class Run : IBundleSource
    {
        private static readonly VatLimits Limits = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMinutes(5), RetainedPerVat = 4L << 30, RetainedInAll = 8L << 30, AllocationPerCrank = 1L << 40 };

        private readonly RecordingClient _client = new();
        private readonly JintVat _vat;

        internal Run()
        {
            _vat = new JintVat("v1", _client, this, Limits, new MemoryWatch(Limits).Open());
            Deliver(new StartVat("{}", new CapData("#\"#undefined\"", []), null));
        }

        public VatBundle Fetch(string vatConfig) => new(
            "growth", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["moduleFormat"] = "iife", ["code"] = Source }));

        public VatBundle Kept(string hash) => Fetch("");

        internal double Call(string method, params int[] arguments) =>
            Deliver(new DeliverMessage("o+0", new CapData($"#[\"{method}\",[{string.Join(',', arguments)}]]", []), "p-60"));

        private double Deliver(VatDelivery delivery)
        {
            CrankReport report = _vat.Run(delivery);
            if (report.Fault is { } fault)
            {
                throw new InvalidOperationException(fault.Message);
            }

            _client.Apply(report);
            return report.CpuMicroseconds;
        }
    }
}
