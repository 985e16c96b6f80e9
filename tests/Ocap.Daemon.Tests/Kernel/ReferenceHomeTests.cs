using System.Buffers;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Data.Sqlite;
using Ocap.Daemon.Home;
using Ocap.Daemon.Log;
using Ocap.Remotes.Identity;

namespace Ocap.Daemon.Tests.Kernel;

/// <summary>A home as the reference leaves it: the identity's secrets lie in the database.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReferenceHomeTests : IDisposable
{
    private const string KeySeed = "a20ab7c8d5973f30770c307e3c828c29f1369e086aea09cc1f234440202537f6";
    private const string OcapUrlKey = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-reference-");

    private HomeDirectory Home => HomeDirectory.Resolve(_folder.FullName, _ => null);

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task The_secrets_move_from_the_database_into_their_file()
    {
        Make(KeySeed, OcapUrlKey);
        string rows = await RunAndQuery("SELECT key FROM kv WHERE key IN ('keySeed', 'ocapURLKey', 'initialized')");

        await Assert.That(rows).IsEqualTo("""[{"key":"initialized"}]""");
        KernelIdentity identity = IdentityFile.LoadOrCreate(Home.Identity);
        await Assert.That(Convert.ToHexStringLower(identity.KeySeed)).IsEqualTo(KeySeed);
        await Assert.That(Convert.ToHexStringLower(identity.OcapUrlKey)).IsEqualTo(OcapUrlKey);
        foreach (FileInfo file in _folder.GetFiles("kernel.sqlite*"))
        {
            await Assert.That(File.ReadAllText(file.FullName, Encoding.Latin1)).DoesNotContain(KeySeed);
        }
    }

    [Test]
    public async Task It_is_taken_over_once()
    {
        Make(KeySeed, OcapUrlKey);
        await RunAndQuery("SELECT 1");
        string first = File.ReadAllText(Home.Log);
        await RunAndQuery("SELECT 1");

        await Assert.That(first).Contains("taken over");
        await Assert.That(File.ReadAllText(Home.Log)[first.Length..]).DoesNotContain("taken over");
        using var connection = new SqliteConnection($"Data Source={Home.Database};Pooling=False");
        connection.Open();
        using SqliteCommand version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        await Assert.That(version.ExecuteScalar()).IsEqualTo(1L);
    }

    [Test]
    public async Task An_identity_of_another_kernel_beside_it_is_not_replaced_and_nothing_is_deleted()
    {
        Make(KeySeed, OcapUrlKey);
        KernelIdentity other = IdentityFile.LoadOrCreate(Home.Identity);
        byte[] before = File.ReadAllBytes(Home.Identity);

        await Assert.That(async () => { _ = await RunAndQuery("SELECT 1"); }).Throws<DaemonException>().WithMessageContaining(other.PeerId.Text);
        await Assert.That(File.ReadAllBytes(Home.Identity).SequenceEqual(before)).IsTrue();
        using var connection = new SqliteConnection($"Data Source={Home.Database};Pooling=False");
        connection.Open();
        using SqliteCommand seed = connection.CreateCommand();
        seed.CommandText = "SELECT value FROM kv WHERE key = 'keySeed'";
        await Assert.That(seed.ExecuteScalar()).IsEqualTo(KeySeed);
    }

    private void Make(string keySeed, string ocapUrlKey)
    {
        using var connection = new SqliteConnection($"Data Source={Home.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $$"""
            CREATE TABLE kv (key TEXT, value TEXT, PRIMARY KEY(key));
            CREATE TABLE kv_vatstore (vatID TEXT, key TEXT, value TEXT, PRIMARY KEY(vatID, key));
            INSERT INTO kv VALUES ('keySeed', '{{keySeed}}'), ('ocapURLKey', '{{ocapUrlKey}}'), ('initialized', 'true'),
              ('nextObjectId', '4'), ('nextPromiseId', '1'), ('nextVatId', '1'), ('nextRemoteId', '1'), ('nextSubclusterId', '1'),
              ('queue.run.head', '1'), ('queue.run.tail', '1'), ('gcActions', '[]'), ('reapQueue', '[]'), ('subclusters', '[]'),
              ('vats.terminated', '[]'), ('vatToSubclusterMap', '{}'), ('pinnedObjects', 'ko1,ko2,ko3'),
              ('kernelService.ocapURLIssuerService', 'ko1'), ('kernelService.ocapURLRedemptionService', 'ko2'), ('kernelService.kernelFacet', 'ko3'),
              ('ko1.owner', 'kernel'), ('ko1.refCount', '2,2'), ('ko2.owner', 'kernel'), ('ko2.refCount', '2,2'), ('ko3.owner', 'kernel'), ('ko3.refCount', '2,2');
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>A daemon's kernel from its start to its end, with a query in between.</summary>
    private async Task<string> RunAndQuery(string sql)
    {
        using var log = new DaemonLog(Home.Log, TimeProvider.System);
        await using IDaemonKernel kernel = KernelComposition.Create(
            new DaemonContext(Home, log, TimeProvider.System) { VatsAreHosted = false }, path => throw new NotSupportedException(path));
        kernel.Begin();
        var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        kernel.Api.Sync(_ => synced.SetResult());
        await synced.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await kernel.PeerIdAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        var rows = new ArrayBufferWriter<byte>();
        kernel.Query.Run(sql, rows);
        return Encoding.UTF8.GetString(rows.WrittenSpan);
    }
}
