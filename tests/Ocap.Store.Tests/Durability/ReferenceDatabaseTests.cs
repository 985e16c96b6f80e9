using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Store.Native;

namespace Ocap.Store.Tests.Durability;

/// <summary>A database as the reference leaves it: rollback journal, version 0.</summary>
public sealed class ReferenceDatabaseTests : IDisposable
{
    private const string Secret = "a20ab7c8d5973f30770c307e3c828c29f1369e086aea09cc1f234440202537f6";
    private readonly TempFolder _folder = new();

    public ReferenceDatabaseTests()
    {
        File.WriteAllBytes(_folder.Database, []);
        using Connection connection = Connection.Open(_folder.Database, readOnly: false, busyMilliseconds: 0);
        connection.Execute("CREATE TABLE kv (key TEXT, value TEXT, PRIMARY KEY(key))");
        connection.Execute("CREATE TABLE kv_vatstore (vatID TEXT, key TEXT, value TEXT, PRIMARY KEY(vatID, key))");
        connection.Execute($"INSERT INTO kv VALUES ('keySeed', '{Secret}'), ('ko1.refCount', '2,2')");
        connection.Execute("INSERT INTO kv_vatstore VALUES ('v1', 'baggageID', 'o+d6/1')");
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task It_opens_and_says_that_it_is_one()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);

        await Assert.That(store.OpenedVersion).IsEqualTo(0);
        await Assert.That(store.Get("ko1.refCount")).IsEqualTo("2,2");
        await Assert.That(store.VatGet(new VatId(1), "baggageID")).IsEqualTo("o+d6/1");
    }

    [Test]
    public async Task It_stays_one_until_the_first_batch_is_durable()
    {
        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            store.LimitPages(1);
            StoreFault? fault = store.Write(Writing.Batch([.. Enumerable.Range(0, 500).Select(i => ($"row {i}", (string?)new string('x', 1000)))]));
            await Assert.That(fault).IsNotNull();
        }

        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            await Assert.That(store.OpenedVersion).IsEqualTo(0);
            store.Put(("ko1.refCount", "1,1"));
        }

        using (SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database))
        {
            await Assert.That(store.OpenedVersion).IsEqualTo(SqliteKernelStore.CurrentVersion);
        }
    }

    [Test]
    public async Task A_secret_that_the_first_batch_deletes_is_nowhere_in_the_files()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
        store.Put(("keySeed", null));

        // The report comes first, the cleaning with it: the next batch is behind both.
        store.Put(("next", "1"));
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            await Assert.That(ReadShared(file)).DoesNotContain(Secret);
        }
    }

    private static string ReadShared(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
