using Jint;
using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Tests.Liveslots;

public class IncomingDataTests
{
    /// <summary>Says how data is different from what <c>harden</c> makes of the same, or "same".</summary>
    private const string Compare = """
        (came) => {
          const isData = value => typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype && !Object.getOwnPropertySymbols(value).length);
          const copy = value => !isData(value) ? value
            : Array.isArray(value) ? value.map(copy) : Object.fromEntries(Reflect.ownKeys(value).map(key => [key, copy(value[key])]));
          const compare = (one, other, path) => {
            if (!Object.isFrozen(one)) throw Error(`${path}: not frozen`);
            if (Object.is(one, other)) return;
            if (typeof one !== 'object' || one === null || other === null) throw Error(`${path}: ${String(one)} for ${String(other)}`);
            if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) throw Error(`${path}: another prototype`);
            if (Array.isArray(one) !== Array.isArray(other)) throw Error(`${path}: another sort`);
            const keys = Reflect.ownKeys(one);
            if (keys.join() !== Reflect.ownKeys(other).join()) throw Error(`${path}: ${keys.join()} for ${Reflect.ownKeys(other).join()}`);
            for (const key of keys) {
              const { value: mine, ...attributes } = Object.getOwnPropertyDescriptor(one, key);
              const { value: theirs, ...expected } = Object.getOwnPropertyDescriptor(other, key);
              if (JSON.stringify(attributes) !== JSON.stringify(expected)) throw Error(`${path}.${key}: ${JSON.stringify(attributes)} for ${JSON.stringify(expected)}`);
              compare(mine, theirs, `${path}.${key}`);
            }
            if (JSON.stringify(Object.keys(one)) !== JSON.stringify(Object.keys(other))) throw Error(`${path}: other keys`);
          };
          try {
            compare(came, harden(copy(came)), 'data');
            harden(came);
            if (Array.isArray(came)) {
              came.slice(0).push(1);
              [...came].push(1);
              try { came.push(1); return 'grew'; } catch (e) { if (!(e instanceof TypeError)) throw e; }
            }
            return 'same';
          } catch (e) {
            return e.message;
          }
        }
        """;

    [Test]
    [Arguments("[]")]
    [Arguments("{}")]
    [Arguments("[1,-0,1.5,true,null,\"#undefined\",\"#NaN\",\"!#text\",\"text\"]")]
    [Arguments("[[[[1]]],{\"a\":{\"b\":[{},[]]}}]")]
    [Arguments("{\"b\":1,\"a\":2,\"!#c\":3,\"\":4}")]
    [Arguments("{\"10\":1,\"9\":2,\"a\":3,\"01\":4,\"4294967295\":5}")]
    [Arguments("{\"__proto__\":{\"x\":1},\"constructor\":2,\"toString\":\"x\",\"length\":3}")]
    [Arguments("{\"then\":1,\"and\":{\"then\":[]}}")]
    [Arguments("{\"a\":1,\"a\":2}")]
    [Arguments("[\"$0.Alleged: it\",\"$0\",\"&1\"]")]
    [Arguments("{\"inside\":[{\"#tag\":\"x\",\"payload\":[1]},{\"plain\":1}]}")]
    public async Task It_is_as_if_it_had_been_hardened(string body)
    {
        string difference = VatBench.Run(vat =>
        {
            var heap = new VatHeap(vat, "v1", new RecordingClient());
            JsValue came = heap.Marshaller.Unserialize(new CapData("#" + body, ["o-7", "p-8"]));
            return vat.Evaluate(Compare).Call(JsValue.Undefined, [came]).ToString();
        });
        await Assert.That(difference).IsEqualTo("same");
    }

    [Test]
    [Arguments("{\"then\":\"$0\"}", "Cannot pass non-promise thenables")]
    [Arguments("[{\"deep\":{\"then\":\"$0\"}}]", "Cannot pass non-promise thenables")]
    public async Task A_record_that_would_be_a_promise_to_some_is_refused(string body, string complaint)
    {
        string message = VatBench.Run(vat =>
        {
            var heap = new VatHeap(vat, "v1", new RecordingClient());
            JsValue far = vat.Evaluate(
                "harden(Object.setPrototypeOf(() => 1, harden(Object.create(Function.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: f' } }))))");
            string slot = heap.Importer.SlotOf((Jint.Native.Object.ObjectInstance)far);
            return VatBench.Show(vat, () => heap.Marshaller.Unserialize(new CapData("#" + body, [slot])));
        });
        await Assert.That(message).Contains(complaint);
    }

    [Test]
    public async Task Data_may_nest_no_deeper_than_what_is_sent()
    {
        string message = VatBench.Run(vat =>
        {
            var heap = new VatHeap(vat, "v1", new RecordingClient());
            string At(int depth) => VatBench.Show(vat, () =>
            {
                heap.Marshaller.Unserialize(new CapData("#" + new string('[', depth) + new string(']', depth), []));
                return "ok";
            });
            return $"{At(499)} {At(501)} {At(1000)} {At(1001)}";
        });
        await Assert.That(message).IsEqualTo("ok ok ok RangeError: Pass-by-copy data cannot nest deeper than 1000 levels");
    }

    [Test]
    public async Task Every_field_of_a_record_is_read_from_it_wherever_it_was_made()
    {
        string value = VatBench.Run(vat =>
        {
            var heap = new VatHeap(vat, "v1", new RecordingClient());
            JsValue read = vat.Evaluate("(r) => r.a + r.b");
            JsValue made = vat.Evaluate("harden({ a: 1, b: 2 })"), other = vat.Evaluate("harden({ b: 20, a: 10, c: 0 })");
            JsValue came = heap.Marshaller.Unserialize(new CapData("#{\"a\":3,\"b\":4}", [])), late = heap.Marshaller.Unserialize(new CapData("#{\"b\":6,\"a\":5}", []));
            List<string> sums = [];
            for (int i = 0; i < 3; i++)
            {
                foreach (JsValue record in (JsValue[])[made, came, other, late])
                {
                    sums.Add(read.Call(JsValue.Undefined, [record]).ToString());
                }
            }

            return string.Join(',', sums);
        });
        await Assert.That(value).IsEqualTo("3,7,30,11,3,7,30,11,3,7,30,11");
    }
}
