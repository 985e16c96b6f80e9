using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Store.Native;

namespace Ocap.Store.Tests.Durability;

public sealed class ReopeningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task What_was_acknowledged_is_there_after_reopening()
    {
        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            await Assert.That(store.OpenedVersion).IsEqualTo(SqliteKernelStore.CurrentVersion);
            store.Put(("a", "1"));
            store.VatPut(new VatId(1), ("k", "v"));
        }

        using SqliteKernelStore again = SqliteKernelStore.Open(_folder.Database);
        await Assert.That(again.OpenedVersion).IsEqualTo(SqliteKernelStore.CurrentVersion);
        await Assert.That(again.Get("a")).IsEqualTo("1");
        await Assert.That(again.VatGet(new VatId(1), "k")).IsEqualTo("v");
    }

    [Test]
    public async Task A_batch_is_in_the_file_when_it_is_reported_without_any_closing()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("a", "1"));
        using var copy = new TempFolder();
        foreach (string file in (string[])[_folder.Database, _folder.Database + "-wal"])
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        using SqliteKernelStore after = SqliteKernelStore.Open(copy.Database);
        await Assert.That(after.Get("a")).IsEqualTo("1");
        await Assert.That(after.WasInterrupted).IsTrue();
    }

    [Test]
    public async Task A_database_that_was_closed_was_not_interrupted()
    {
        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            store.Put(("a", "1"));
            await Assert.That(store.WasInterrupted).IsFalse();
        }

        using SqliteKernelStore again = SqliteKernelStore.Open(_folder.Database);
        await Assert.That(again.WasInterrupted).IsFalse();
    }

    [Test]
    public async Task A_check_can_be_cut_short_and_the_store_goes_on()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put([.. Enumerable.Range(0, 20_000).Select(i => ($"key {i}", (string?)"value"))]);

        await Assert.That(() => store.CheckIntegrity(new CancellationToken(canceled: true))).Throws<OperationCanceledException>();
        await Assert.That(store.CheckIntegrity()).IsNull();
        await Assert.That(store.Get("key 7")).IsEqualTo("value");
    }

    [Test]
    public async Task A_new_database_is_readable_by_its_owner_alone()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("a", "1"));
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in Directory.GetFiles(_folder.Path))
            {
                await Assert.That(File.GetUnixFileMode(file)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    [Test]
    public async Task The_writer_logs_ahead_and_syncs_every_batch()
    {
        using var writer = NewWriter();
        await Assert.That(writer.Setting("journal_mode")).IsEqualTo("wal");
        await Assert.That(writer.Setting("synchronous")).IsEqualTo("2");
        await Assert.That(writer.Setting("trusted_schema")).IsEqualTo("0");
        await Assert.That(writer.Setting("cell_size_check")).IsEqualTo("1");
        await Assert.That(writer.Setting("user_version")).IsEqualTo("1");
    }

    [Test]
    public async Task After_a_checkpoint_the_one_file_is_whole()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("a", "1"));
        await Assert.That(store.Checkpoint()).IsNull();
        await Assert.That(new FileInfo(_folder.Database + "-wal").Length).IsEqualTo(0);
        using var copy = new TempFolder();
        File.Copy(_folder.Database, copy.Database);
        using SqliteKernelStore after = SqliteKernelStore.Open(copy.Database);
        await Assert.That(after.Get("a")).IsEqualTo("1");
    }

    [Test]
    public async Task The_log_does_not_grow_without_end()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        string value = new('x', 100_000);
        for (int i = 0; i < 300; i++)
        {
            store.Put(("same key", value + i));
        }

        await Assert.That(new FileInfo(_folder.Database + "-wal").Length).IsLessThan(10_000_000);
    }

    [Test]
    public async Task A_second_batch_while_one_is_written_is_refused()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        using var inCallback = new ManualResetEventSlim();
        WriteBatch large = Writing.Batch([.. Enumerable.Range(0, 20_000).Select(i => ($"key{i}", (string?)"value"))]);
        store.BeginWrite(large, _ => inCallback.Set());

        await Assert.That(() => store.BeginWrite(new WriteBatch(), _ => { })).Throws<InvalidOperationException>();
        await Assert.That(inCallback.Wait(TimeSpan.FromSeconds(30))).IsTrue();
    }

    [Test]
    public async Task Closing_waits_for_the_batch_under_way_and_its_report()
    {
        StoreFault? report = new("not reported", CanRetry: false);
        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            store.BeginWrite(Writing.Batch(("a", "1")), fault => report = fault);
        }

        await Assert.That(report).IsNull();
        using SqliteKernelStore again = SqliteKernelStore.Open(_folder.Database);
        await Assert.That(again.Get("a")).IsEqualTo("1");
    }

    [Test]
    public async Task Vats_on_many_threads_read_while_batches_are_written()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        var vat = new VatId(1);
        store.VatPut(vat, ("a", "0"), ("b", "0"));
        int stop = 0;
        Task<bool>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            int newest = 0;
            while (Volatile.Read(ref stop) == 0)
            {
                int seen = int.Parse(store.VatGet(vat, "a")!);
                if (seen < newest || int.Parse(store.VatGetNext(vat, "a")!.Value.Value) < seen)
                {
                    return false;
                }

                newest = seen;
            }

            return true;
        }))];
        for (int i = 1; i <= 100; i++)
        {
            store.VatPut(vat, ("a", $"{i}"), ("b", $"{i}"));
        }

        Volatile.Write(ref stop, 1);
        await Assert.That(await Task.WhenAll(readers)).DoesNotContain(false);
    }

    private SettingsReader NewWriter()
    {
        SqliteKernelStore.Open(_folder.Database).Dispose();
        return new SettingsReader(new Writer(_folder.Database));
    }

    private sealed class SettingsReader(Writer writer) : IDisposable
    {
        internal string Setting(string pragma)
        {
            using Statement statement = writer.Connection.Prepare($"PRAGMA {pragma}");
            return statement.Step() ? statement.Text(0) : "";
        }

        public void Dispose() => writer.Dispose();
    }
}
