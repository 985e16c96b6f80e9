using System.Globalization;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Store.Native;

namespace Ocap.Store.Tests.Damage;

public sealed class DamagedFileTests : IDisposable
{
    private const int Rows = 300;
    private static readonly VatId Vat = new(1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    [Arguments(0)]
    [Arguments(50)]
    [Arguments(100)]
    [Arguments(4096)]
    [Arguments(20_000)]
    [Arguments(-1)]
    [Arguments(-4096)]
    public async Task A_truncated_database_is_refused_and_left_as_it_is(int length)
    {
        byte[] whole = MakeDatabase();
        byte[] cut = whole[..(length < 0 ? whole.Length + length : length)];
        File.WriteAllBytes(_folder.Database, cut);

        await Assert.That(OpenFault()).Contains(_folder.Database).And.Contains("damaged").And.Contains("backup");
        await Assert.That(File.ReadAllBytes(_folder.Database).SequenceEqual(cut)).IsTrue();
    }

    [Test]
    public async Task A_zeroed_header_is_refused_and_left_as_it_is()
    {
        byte[] bytes = MakeDatabase();
        bytes.AsSpan(0, 100).Clear();
        File.WriteAllBytes(_folder.Database, bytes);

        await Assert.That(OpenFault()).Contains("damaged");
        await Assert.That(File.ReadAllBytes(_folder.Database).SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task A_log_whose_database_is_gone_is_not_written_over()
    {
        MakeDatabase();
        File.Move(_folder.Database, _folder.Database + "-wal");

        await Assert.That(OpenFault()).Contains("the file is gone");
        await Assert.That(Directory.GetFiles(_folder.Path)).Count().IsEqualTo(1);
    }

    [Test]
    public async Task A_newer_database_is_refused_with_its_version_and_left_as_it_is()
    {
        MakeDatabase();
        Change("PRAGMA journal_mode=DELETE", "PRAGMA user_version=7");
        byte[] before = File.ReadAllBytes(_folder.Database);

        await Assert.That(OpenFault()).Contains(_folder.Database).And.Contains("newer ocap").And.Contains("7");
        await Assert.That(File.ReadAllBytes(_folder.Database).SequenceEqual(before)).IsTrue();
    }

    [Test]
    public async Task Another_programs_database_is_refused()
    {
        MakeDatabase();
        Change("DROP TABLE kv", "CREATE TABLE notes (text)");

        await Assert.That(OpenFault()).Contains("not a kernel's");
    }

    [Test]
    public async Task A_directory_that_is_not_there_is_named()
    {
        string path = Path.Combine(_folder.Path, "missing", "kernel.sqlite");

        await Assert.That(() => SqliteKernelStore.Open(path)).Throws<StoreException>().WithMessageContaining(path);
    }

    /// <summary>
    /// Each place by itself. SQLite keeps no checksums: letters of a value may change into other letters unseen, and only that. Rows never get lost,
    /// appear, or change their key without a report, be it on opening, on reading, or from the check that the daemon runs after start-up.
    /// </summary>
    [Test]
    public async Task One_flipped_byte_anywhere_is_reported_or_changes_only_the_value_it_hit()
    {
        byte[] whole = MakeDatabase();
        var random = new Random(20);
        var silent = new List<string>();
        int reported = 0;
        for (int i = 0; i < 500; i++)
        {
            // Every byte of the header once, then anywhere.
            int place = i < 100 ? i : random.Next(whole.Length);
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << random.Next(8));
            foreach (string side in (string[])["-wal", "-shm"])
            {
                File.Delete(_folder.Database + side);
            }

            File.WriteAllBytes(_folder.Database, flipped);
            if (IsReported(out int changed))
            {
                reported++;
            }
            else if (changed > 1)
            {
                silent.Add(place.ToString(CultureInfo.InvariantCulture));
            }
        }

        await Assert.That(string.Join(' ', silent)).IsEqualTo("");
        await Assert.That(reported).IsGreaterThan(100);
    }

    [Test]
    public async Task Damage_that_a_write_meets_is_a_fault_that_is_not_retried()
    {
        byte[] bytes = MakeDatabase();
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        using (FileStream file = new(_folder.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(new byte[bytes.Length - 4096]);
        }

        StoreFault? fault = store.Write(Writing.Batch(("key 0001", "x"), ("key 0299", "x")));
        await Assert.That(fault!.CanRetry).IsFalse();
        await Assert.That(fault.Message).Contains("damaged").And.Contains(_folder.Database);
        await Assert.That(() => store.Get("key 0200")).Throws<StoreException>().WithMessageContaining("damaged");
        await Assert.That(store.CheckIntegrity()!.Message).Contains("damaged");
    }

    private static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"key {i:D4}");

    private static string Value(int i) => string.Create(CultureInfo.InvariantCulture, $"value {i} of some length, so that rows fill pages");

    private byte[] MakeDatabase()
    {
        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            (string, string?)[] rows = [.. Enumerable.Range(0, Rows).Select(i => (Key(i), (string?)Value(i)))];
            store.Put([.. rows, ("long", new string('z', 20_000))]);
            store.VatPut(Vat, rows);

            // Some free pages, too.
            store.Put(("long", null));
            store.Checkpoint();
        }

        return File.ReadAllBytes(_folder.Database);
    }

    private string OpenFault()
    {
        try
        {
            SqliteKernelStore.Open(_folder.Database).Dispose();
            return "it opened";
        }
        catch (StoreException error)
        {
            return error.Message;
        }
    }

    private void Change(params string[] statements)
    {
        using Connection connection = Connection.Open(_folder.Database, readOnly: false, busyMilliseconds: 0);
        foreach (string statement in statements)
        {
            connection.Execute(statement);
        }
    }

    /// <summary>Opens, reads every row both ways, checks. Without a report, counts the values that differ; a lost or foreign row counts as two.</summary>
    private bool IsReported(out int changed)
    {
        changed = 0;
        try
        {
            using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
            if (store.OpenedVersion == 0)
            {
                return true; // The version itself was hit: the kernel recounts everything, and says so.
            }

            List<KeyValuePair<string, string>> rows = [.. store.Scan("")];
            ILookup<string, string> scanned = rows.ToLookup(row => row.Key, row => row.Value, StringComparer.Ordinal);
            changed += rows.Count == Rows ? 0 : 2;
            for (int i = 0; i < Rows; i++)
            {
                changed += Difference(scanned[Key(i)].FirstOrDefault(), Value(i)) + Difference(store.VatGet(Vat, Key(i)), Value(i));
            }

            return store.Write(Writing.Batch(("key 0000", Value(0)))) is not null || store.CheckIntegrity() is not null;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static int Difference(string? value, string expected) => value == expected ? 0 : value is null ? 2 : 1;
}
