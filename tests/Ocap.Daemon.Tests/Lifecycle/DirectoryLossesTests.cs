using System.Runtime.Versioning;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Daemon.Tests.Lifecycle;

[SupportedOSPlatform("linux")]
public class DirectoryLossesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10), AMoment = TimeSpan.FromMilliseconds(200);

    [Test]
    [Arguments("delete a file")]
    [Arguments("move a file")]
    [Arguments("delete the directory")]
    [Arguments("move the directory")]
    public async Task What_goes_from_a_directory_is_told_and_what_comes_is_not(string what)
    {
        string root = Directory.CreateTempSubdirectory("ocap-losses-").FullName;
        try
        {
            string directory = Path.Combine(root, "home"), file = Path.Combine(directory, "file");
            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(file, "");
            SemaphoreSlim told = new(0); // not disposed: the watch may still tell when the test is over
            using DirectoryLosses losses = DirectoryLosses.TryWatch(directory, () => told.Release()) ?? throw new InvalidOperationException("no watch");
            await File.WriteAllTextAsync(file, "more");
            await File.WriteAllTextAsync(Path.Combine(directory, "other"), "");
            await Assert.That(await told.WaitAsync(AMoment)).IsFalse();
            switch (what)
            {
                case "delete a file": File.Delete(file); break;
                case "move a file": File.Move(file, Path.Combine(root, "file")); break;
                case "delete the directory": Directory.Delete(directory, recursive: true); break;
                case "move the directory": Directory.Move(directory, Path.Combine(root, "moved")); break;
                default: throw new ArgumentException(what);
            }

            await Assert.That(await told.WaitAsync(Soon)).IsTrue();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Test]
    public async Task A_watch_that_has_ended_tells_nothing()
    {
        string directory = Directory.CreateTempSubdirectory("ocap-losses-").FullName;
        SemaphoreSlim told = new(0);
        DirectoryLosses losses = DirectoryLosses.TryWatch(directory, () => told.Release()) ?? throw new InvalidOperationException("no watch");
        losses.Dispose();
        Directory.Delete(directory);
        await Assert.That(await told.WaitAsync(AMoment)).IsFalse();
        losses.Dispose();
    }
}
