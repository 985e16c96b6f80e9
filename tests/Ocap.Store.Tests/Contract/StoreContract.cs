using CsCheck;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Store.Tests.Contract;

/// <summary>What the kernel relies on, of any store.</summary>
public abstract class StoreContract : IDisposable
{
    private static readonly VatId V1 = new(1);
    private static readonly VatId V2 = new(2);
    private IKernelStore? _store;

    private IKernelStore Store => _store ??= Open();

    protected abstract IKernelStore Open();

    public virtual void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Test]
    public async Task What_was_written_is_read_and_what_was_not_is_null()
    {
        Store.Put(("a", "1"), ("empty", ""), ("nul\0inside", "x\0y"), ("long", new string('ü', 100_000)));

        await Assert.That(Store.Get("a")).IsEqualTo("1");
        await Assert.That(Store.Get("empty")).IsEqualTo("");
        await Assert.That(Store.Get("nul\0inside")).IsEqualTo("x\0y");
        await Assert.That(Store.Get("long")).IsEqualTo(new string('ü', 100_000));
        await Assert.That(Store.Get("nul")).IsNull();
        await Assert.That(Store.Get("")).IsNull();
    }

    [Test]
    public async Task A_put_replaces_and_a_null_deletes()
    {
        Store.Put(("a", "1"), ("b", "1"));
        Store.Put(("a", "2"), ("b", null), ("never there", null));

        await Assert.That(string.Join(' ', Store.Rows(""))).IsEqualTo("a=2");
    }

    [Test]
    public async Task A_scan_gives_exactly_the_keys_with_the_prefix_in_code_point_order()
    {
        Store.Put(("v1.c.b", "2"), ("v1.c.a", "1"), ("v1.c", "no"), ("v1.d", "no"), ("v1.c.\uFFFD", "3"), ("v1.c.😀", "4"), ("w", "no"));

        await Assert.That(string.Join(' ', Store.Rows("v1.c."))).IsEqualTo("v1.c.a=1 v1.c.b=2 v1.c.\uFFFD=3 v1.c.😀=4");
        await Assert.That(Store.Rows("")).Count().IsEqualTo(7);
        await Assert.That(Store.Rows("v1.c.😀")).Count().IsEqualTo(1);
        await Assert.That(Store.Rows("x")).IsEmpty();
    }

    [Test]
    public async Task A_scan_shows_the_moment_it_began_although_a_batch_is_written_meanwhile()
    {
        Store.Put(("a", "1"), ("b", "1"), ("c", "1"));
        var seen = new List<string>();
        foreach ((string key, string value) in Store.Scan(""))
        {
            seen.Add($"{key}={value}");
            if (key == "a")
            {
                Store.Put(("b", "2"), ("c", null), ("d", "2"));
                seen.Add(Store.Get("b")!);
            }
        }

        await Assert.That(string.Join(' ', seen)).IsEqualTo("a=1 2 b=1 c=1");
        await Assert.That(string.Join(' ', Store.Rows(""))).IsEqualTo("a=1 b=2 d=2");
    }

    [Test]
    public async Task Vat_stores_are_apart_from_each_other_and_from_the_kernel()
    {
        Store.VatPut(V1, ("k", "one"));
        Store.VatPut(V2, ("k", "two"));
        Store.VatPut(new VatId(10), ("k", "ten"));

        await Assert.That(Store.VatGet(V1, "k")).IsEqualTo("one");
        await Assert.That(Store.VatGet(V2, "k")).IsEqualTo("two");
        await Assert.That(Store.VatGet(new VatId(3), "k")).IsNull();
        await Assert.That(Store.Get("k")).IsNull();
    }

    [Test]
    public async Task The_next_key_is_the_smallest_greater_one_of_that_vat()
    {
        Store.VatPut(V1, ("a", "1"), ("b", "2"), ("\uFFFD", "3"), ("😀", "4"));
        Store.VatPut(V2, ("aa", "other"));

        await Assert.That(string.Join(' ', Store.VatRows(V1))).IsEqualTo("a=1 b=2 \uFFFD=3 😀=4");
        await Assert.That(Store.VatGetNext(V1, "a")!.Value.Key).IsEqualTo("b");
        await Assert.That(Store.VatGetNext(V1, "aa")!.Value.Key).IsEqualTo("b");
        await Assert.That(Store.VatGetNext(V1, "😀")).IsNull();
    }

    [Test]
    public async Task A_dropped_vat_loses_every_row_and_others_none()
    {
        Store.VatPut(V1, ("a", "1"), ("b", "2"));
        Store.VatPut(V2, ("a", "1"));
        var batch = new WriteBatch();
        batch.DroppedVats.Add(V1);
        Store.Write(batch);

        await Assert.That(Store.VatRows(V1)).IsEmpty();
        await Assert.That(Store.VatRows(V2)).Count().IsEqualTo(1);
    }

    [Test]
    public async Task A_wipe_comes_before_the_puts_of_its_batch()
    {
        Store.Put(("old", "1"), ("kept", "1"));
        Store.VatPut(V1, ("old", "1"));
        WriteBatch batch = Writing.Batch(("kept", "2")).WithVat(V2, ("new", "2"));
        batch.Wipe = true;
        Store.Write(batch);

        await Assert.That(string.Join(' ', Store.Rows(""))).IsEqualTo("kept=2");
        await Assert.That(Store.VatRows(V1)).IsEmpty();
        await Assert.That(string.Join(' ', Store.VatRows(V2))).IsEqualTo("new=2");
    }

    [Test]
    public async Task The_next_batch_may_be_handed_over_by_the_callback_of_the_one_before()
    {
        var done = new TaskCompletionSource<StoreFault?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.BeginWrite(Writing.Batch(("a", "1")), _ => Store.BeginWrite(Writing.Batch(("b", Store.Get("a"))), done.SetResult));

        await Assert.That(await done.Task.WaitAsync(TimeSpan.FromSeconds(30))).IsNull();
        await Assert.That(Store.Get("b")).IsEqualTo("1");
    }

    [Test]
    public void Any_sequence_of_batches_leaves_what_a_dictionary_would_hold()
    {
        string[] keys = ["a", "b", "ba", "b\uFFFF", "b😀", "ü", "", "b\0"];
        string?[] values = [null, null, "", "x", "y", "zz"];
        Gen<(string, string?)[]> rows = Gen.Select(Gen.Int[0, keys.Length - 1], Gen.Int[0, values.Length - 1]).Select((key, value) => (keys[key], values[value]))
            .Array[0, 6];
        Gen.Select(rows, rows, Gen.Int[0, 9]).Array[1, 8].Sample(
            batches =>
            {
                var kernel = new SortedDictionary<string, string>(CodePointOrder.Instance);
                var vat = new SortedDictionary<string, string>(CodePointOrder.Instance);
                Store.Write(new WriteBatch { Wipe = true });
                foreach (((string, string?)[] kernelRows, (string, string?)[] vatRows, int special) in batches)
                {
                    var batch = new WriteBatch { Wipe = special == 0 };
                    if (special == 1)
                    {
                        batch.DroppedVats.Add(V1);
                    }

                    if (special < 2)
                    {
                        vat.Clear();
                    }

                    if (special == 0)
                    {
                        kernel.Clear();
                    }

                    Fill(batch.Kernel, kernelRows, kernel);
                    if (special != 1)
                    {
                        Fill(batch.VatStores[V1] = [], vatRows, vat);
                    }

                    Store.Write(batch);
                }

                return Store.Scan("").SequenceEqual(kernel) && Store.Scan("b").SequenceEqual(kernel.Where(row => row.Key.StartsWith('b')))
                    && kernel.Keys.Where(static after => after.Length > 0).All(after => Store.Scan("", after).SequenceEqual(kernel.SkipWhile(row => row.Key != after).Skip(1)))
                    && Store.Scan("b", "b").SequenceEqual(kernel.Where(row => row.Key.StartsWith('b') && row.Key.Length > 1))
                    && Store.VatRows(V1).SequenceEqual(vat.Where(row => row.Key.Length > 0).Select(row => $"{row.Key}={row.Value}"))
                    && Store.VatGet(V1, "") == vat.GetValueOrDefault("");
            },
            iter: 60,
            threads: 1);
    }

    private static void Fill(Dictionary<string, string?> batch, (string Key, string? Value)[] rows, SortedDictionary<string, string> model)
    {
        foreach ((string key, string? value) in rows)
        {
            batch[key] = value;
            model.Remove(key);
            if (value is not null)
            {
                model[key] = value;
            }
        }
    }
}
