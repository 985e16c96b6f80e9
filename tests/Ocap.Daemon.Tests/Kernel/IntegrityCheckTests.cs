using Microsoft.Data.Sqlite;
using Ocap.Daemon.Kernel;
using Ocap.Kernel.Store;
using Ocap.Store;

namespace Ocap.Daemon.Tests.Kernel;

public sealed class IntegrityCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-integrity-");

    private string Database => Path.Combine(_folder.FullName, "kernel.sqlite");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Damage_that_no_read_has_met_is_told_with_the_name_of_the_file()
    {
        SqliteKernelStore.Open(Database).Dispose();
        MakeRowWithoutKey();
        using SqliteKernelStore store = SqliteKernelStore.Open(Database);
        var told = new TaskCompletionSource<StoreFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var check = new IntegrityCheck(store, told.SetResult);

        StoreFault fault = await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.That(fault.Message).Contains(Database).And.Contains("damaged");
    }

    [Test]
    public async Task A_sound_database_is_told_of_to_nobody()
    {
        using SqliteKernelStore store = SqliteKernelStore.Open(Database);
        StoreFault? fault = null;
        new IntegrityCheck(store, damage => fault = damage).Dispose();

        await Assert.That(fault).IsNull();
        await Assert.That(store.CheckIntegrity()).IsNull();
        await Assert.That(store.Checkpoint()).IsNull();
    }

    /// <summary>A row that is in the table and not in its index: reads by key do not find it.</summary>
    private void MakeRowWithoutKey()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA writable_schema=ON;
            CREATE TABLE spare (key TEXT, value TEXT);
            INSERT INTO spare VALUES ('lost', '1');
            UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'spare') WHERE name = 'kv';
            DELETE FROM sqlite_schema WHERE name = 'spare';
            """;
        command.ExecuteNonQuery();
    }
}
