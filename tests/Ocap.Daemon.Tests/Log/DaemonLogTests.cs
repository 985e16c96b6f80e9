using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Ocap.Daemon.Log;

namespace Ocap.Daemon.Tests.Log;

/// <summary>The daemon's log (spec/cli.md §2).</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DaemonLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ocap-log-").FullName;

    private string LogPath => Path.Combine(_directory, "daemon.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task A_line_has_time_level_message_and_data()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 6, 22, 342, TimeSpan.Zero));
        using (var log = new DaemonLog(LogPath, time))
        {
            log.Info("Daemon started. Socket: /x");
            log.Write(LogLevel.Log, "a vat says", "1 2");
            log.Debug("a vat whispers");
        }

        await Assert.That(await File.ReadAllTextAsync(LogPath)).IsEqualTo(
            "[2026-11-23T06:06:22.342Z] [info] Daemon started. Socket: /x \n[2026-11-23T06:06:22.342Z] [log] a vat says 1 2\n[2026-11-23T06:06:22.342Z] [debug] a vat whispers \n");
    }

    [Test]
    public async Task A_message_cannot_pass_for_a_line_of_its_own_or_steer_a_terminal()
    {
        using var log = new DaemonLog(LogPath, TimeProvider.System);
        log.Write(LogLevel.Log, "x\n[2026-01-01T00:00:00.000Z] [error] forged", "\u001b[2J\0");
        string[] lines = await File.ReadAllLinesAsync(LogPath);
        await Assert.That(lines[1]).IsEqualTo(@"    [2026-01-01T00:00:00.000Z] [error] forged \u001b[2J\u0000");
    }

    [Test]
    public async Task Fifty_mebibytes_leave_five_files_of_two_and_only_the_owner_reads_them()
    {
        using (var log = new DaemonLog(LogPath, TimeProvider.System))
        {
            string text = new('x', 10_000);
            for (int i = 0; i < 5_300; i++)
            {
                log.Info(text);
            }
        }

        FileInfo[] files = new DirectoryInfo(_directory).GetFiles();
        await Assert.That(files.Select(file => file.Name).Order(StringComparer.Ordinal))
            .IsEquivalentTo(["daemon.log", "daemon.log.1", "daemon.log.2", "daemon.log.3", "daemon.log.4"]);
        foreach (FileInfo file in files)
        {
            await Assert.That(file.Length).IsLessThanOrEqualTo(DaemonLog.FileSize);
            await Assert.That(file.UnixFileMode).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Test]
    public async Task Lines_of_many_threads_come_out_whole_and_none_is_lost_over_rotations()
    {
        using (var log = new DaemonLog(LogPath, TimeProvider.System))
        {
            string padding = new('p', 800);
            Parallel.For(0, 8_000, i => log.Info($"<{i}> {padding}"));
        }

        var seen = new HashSet<int>();
        foreach (string line in Directory.GetFiles(_directory).SelectMany(File.ReadLines))
        {
            Match match = Regex.Match(line, @"^\[[^]]+\] \[info\] <(\d+)> p{800} $", RegexOptions.None, TimeSpan.FromSeconds(1));
            await Assert.That(match.Success).IsTrue();
            seen.Add(int.Parse(match.Groups[1].Value));
        }

        await Assert.That(seen.Count).IsEqualTo(8_000);
    }

    [Test]
    public async Task A_log_file_that_others_could_read_is_tightened_and_continued()
    {
        await File.WriteAllTextAsync(LogPath, "before\n");
        File.SetUnixFileMode(LogPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using var log = new DaemonLog(LogPath, TimeProvider.System);
        log.Info("after");
        await Assert.That(await File.ReadAllTextAsync(LogPath)).StartsWith("before\n[");
        await Assert.That(File.GetUnixFileMode(LogPath)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task The_opener_is_told_of_every_new_file()
    {
        int opened = 0;
        using var log = new DaemonLog(LogPath, TimeProvider.System, opened: _ => opened++);
        for (int i = 0; i < 300; i++)
        {
            log.Info(new string('x', 10_000));
        }

        await Assert.That(opened).IsEqualTo(2);
    }

    [Test]
    public async Task A_huge_message_is_cut()
    {
        using var log = new DaemonLog(LogPath, TimeProvider.System);
        log.Write(LogLevel.Log, new string('x', 10_000_000));
        await Assert.That(await File.ReadAllTextAsync(LogPath)).Contains("x… (9983616 characters cut)");
    }

    [Test]
    public async Task Lines_that_could_not_be_written_are_counted()
    {
        using var log = new DaemonLog(LogPath, TimeProvider.System);
        string elsewhere = Path.Combine(_directory, "elsewhere");
        for (int i = 0; i < 208; i++)
        {
            log.Info(new string('x', 10_000));
        }

        // The rotation that is due now fails while a directory stands in its way.
        Directory.CreateDirectory(LogPath + ".4/full");
        log.Info(new string('l', 10_000));
        log.Info(new string('l', 10_000));
        Directory.Move(LogPath + ".4", elsewhere);
        log.Info(new string('y', 10_000));
        string text = string.Concat(Directory.GetFiles(_directory).Select(File.ReadAllText));
        await Assert.That(Regex.Count(text, @"\[warn\] Lines before this one that could not be written: 1\.", RegexOptions.None, TimeSpan.FromSeconds(10))).IsEqualTo(2);
        Directory.Delete(elsewhere, recursive: true);
    }
}
