using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Ocap.Daemon.Home;
using Ocap.Daemon.Log;

namespace Ocap.Daemon.Tests.Kernel;

/// <summary>The folder of kept bundles does not grow with every bundle there ever was.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BundleSweepTests : IDisposable
{
    private static readonly string Used = new('a', 64);
    private static readonly string Unused = new('b', 64);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-sweep-");

    private HomeDirectory Home => HomeDirectory.Resolve(_folder.FullName, _ => null);

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task A_start_deletes_the_bundles_that_no_vat_uses_and_nothing_else()
    {
        await StartAndStop();
        Store("vatBundle.v3", Used);
        Directory.CreateDirectory(Home.Bundles);
        foreach (string name in (string[])[Used + ".bundle", Unused + ".bundle", Used + ".bundle.new", Unused + ".bundle.new", "mine.bundle", Unused, Unused + ".txt"])
        {
            File.WriteAllText(Path.Combine(Home.Bundles, name), name);
        }

        await StartAndStop();

        await Assert.That(Directory.GetFiles(Home.Bundles).Select(static path => Path.GetFileName(path)!)).IsEquivalentTo([Used + ".bundle", "mine.bundle", Unused, Unused + ".txt"]);
    }

    private void Store(string key, string value)
    {
        using var connection = new SqliteConnection($"Data Source={Home.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO kv VALUES ('{key}', '{value}')";
        command.ExecuteNonQuery();
    }

    private async Task StartAndStop()
    {
        using var log = new DaemonLog(Home.Log, TimeProvider.System);
        await using IDaemonKernel kernel = KernelComposition.Create(
            new DaemonContext(Home, log, TimeProvider.System) { VatsAreHosted = false }, path => throw new NotSupportedException(path));
        kernel.Begin();
        var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        kernel.Api.Sync(_ => synced.SetResult());
        await synced.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
