using System.Diagnostics;
using System.Globalization;

namespace Ocap.Store.Tests.Durability;

public sealed class KilledWriterTests : IDisposable
{
    private const string FolderVariable = "OCAP_TEST_KILLED_WRITER";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_killed_writer_loses_nothing_it_was_told_is_durable_and_no_batch_is_torn()
    {
        int highest = 0;
        for (int round = 0; round < 3; round++)
        {
            int acknowledged = await KillWhileWriting(highest + 20 + (round * 7));
            using SqliteKernelStore store = SqliteKernelStore.Open(_folder.Database);
            int newest = int.Parse(store.Get("a")!, CultureInfo.InvariantCulture);

            await Assert.That(acknowledged).IsGreaterThan(highest);
            await Assert.That(newest).IsGreaterThanOrEqualTo(acknowledged).And.IsLessThanOrEqualTo(acknowledged + 1);
            await Assert.That(store.Get("b")).IsEqualTo(store.Get("a"));
            await Assert.That(store.Scan("row.")).Count().IsEqualTo(newest);
            await Assert.That(store.CheckIntegrity()).IsNull();
            highest = newest;
        }
    }

    /// <summary>The child: writes batch after batch, and a line after each report, until it is killed.</summary>
    [Test]
    [Explicit]
    public void Write_until_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }

        using SqliteKernelStore store = SqliteKernelStore.Open(Path.Combine(folder, "kernel.sqlite"));
        using FileStream acknowledged = new(Path.Combine(folder, "acknowledged"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        int first = int.Parse(store.Get("a") ?? "0", CultureInfo.InvariantCulture) + 1;
        for (int i = first; i < first + 1_000_000; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            store.Put(("a", number), ($"row.{number}", new string('x', 500)), ("b", number));
            acknowledged.Write([.. System.Text.Encoding.ASCII.GetBytes(number), (byte)'\n']);
        }
    }

    private async Task<int> KillWhileWriting(int until)
    {
        string file = Path.Combine(_folder.Path, "acknowledged");
        File.Delete(file);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWriterTests).Assembly.Location);
        }

        start.ArgumentList.Add("--treenode-filter");
        start.ArgumentList.Add($"/*/*/{nameof(KilledWriterTests)}/{nameof(Write_until_killed)}");
        start.ArgumentList.Add("--results-directory");
        start.ArgumentList.Add(_folder.Path);
        start.Environment[FolderVariable] = _folder.Path;
        using Process child = Process.Start(start)!;
        _ = child.StandardOutput.ReadToEndAsync();
        _ = child.StandardError.ReadToEndAsync();
        try
        {
            var watch = Stopwatch.StartNew();
            while (Acknowledged(file) < until)
            {
                if (child.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60))
                {
                    throw new InvalidOperationException("The child did not write.");
                }

                await Task.Delay(5);
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        return Acknowledged(file);
    }

    /// <summary>The last whole line.</summary>
    private static int Acknowledged(string file)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n');
        return lines.Length < 2 ? 0 : int.Parse(lines[^2], CultureInfo.InvariantCulture);
    }
}
