using System.Diagnostics;
using System.Text;
using System.Runtime.Versioning;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Files;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>What a vat may see of files: one directory, and no way out of it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConfinedFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocap-fs-").FullName;
    private readonly string _root;
    private readonly ConfinedFiles _files;

    public ConfinedFilesTests()
    {
        _root = Path.Combine(_folder, "root");
        Directory.CreateDirectory(Path.Combine(_root, "inner"));
        File.WriteAllText(In("a.txt"), "hello");
        File.WriteAllText(In("inner/b.txt"), "deep");
        File.WriteAllText(Path.Combine(_folder, "secret"), "secret");
        File.CreateSymbolicLink(In("link"), In("a.txt"));
        File.CreateSymbolicLink(In("out"), Path.Combine(_folder, "secret"));
        Directory.CreateSymbolicLink(In("dirlink"), _folder);
        _files = Granted(_root, true, true, true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_file_of_the_directory_is_read()
    {
        await Assert.That(Text(_files.Read(In("a.txt")))).IsEqualTo("hello");
        await Assert.That(Text(_files.Read(In("inner/../inner/b.txt")))).IsEqualTo("deep");
        await Assert.That(_files.Exists(In("a.txt"))).IsEqualTo(new FileProbe(true, null));
        await Assert.That(_files.Exists(_root)).IsEqualTo(new FileProbe(true, null));
        await Assert.That(_files.Access(In("a.txt"), 4)).IsEqualTo(new FileAccessible());
    }

    [Test]
    [Arguments("../secret")]
    [Arguments("..")]
    [Arguments("inner/../../secret")]
    [Arguments("../root2")]
    [Arguments("../root/../secret")]
    [Arguments("../no-such")]
    public async Task What_lies_outside_is_refused_and_not_even_its_existence_is_told(string path)
    {
        string expected = $"Path {In(path)} is outside allowed root {_root}";
        await Assert.That(_files.Read(In(path))).IsEqualTo(new OutsideFailure("Error", "fs.readFile: " + expected, null));
        await Assert.That(_files.Access(In(path), 0)).IsEqualTo(new OutsideFailure("Error", "fs.access: " + expected, null));
        await Assert.That(_files.Exists(In(path)).Complaint).IsEqualTo("fs.existsSync: " + expected);
    }

    [Test]
    [Arguments("..x")]
    [Arguments("...")]
    [Arguments("inner/../..x")]
    public async Task A_name_that_begins_with_two_points_is_a_name(string name)
    {
        await File.WriteAllTextAsync(In(name), "dots");
        await Assert.That(Text(_files.Read(In(name)))).IsEqualTo("dots");
        await Assert.That(_files.Exists(In(name))).IsEqualTo(new FileProbe(true, null));
        await Assert.That(_files.Access(In(name), 4)).IsEqualTo(new FileAccessible());
    }

    [Test]
    public async Task What_is_looked_at_is_what_was_checked_and_not_what_lies_behind_a_link()
    {
        // For the system this is the directory above the link's target, where a file of the same name can be executed.
        string other = Path.Combine(_folder, "other");
        Directory.CreateDirectory(Path.Combine(other, "target"));
        Directory.CreateSymbolicLink(In("away"), Path.Combine(other, "target"));
        await File.WriteAllTextAsync(Path.Combine(other, "a.txt"), "outside");
        File.SetUnixFileMode(Path.Combine(other, "a.txt"), (UnixFileMode)0x1FF);
        await Assert.That(Text(_files.Read(In("away/../a.txt")))).IsEqualTo("hello");
        await Assert.That(((OutsideFailure)_files.Access(In("away/../a.txt"), 1)).Code).IsEqualTo("EACCES");
    }

    [Test]
    [Arguments("link")]
    [Arguments("out")]
    [Arguments("dirlink")]
    [Arguments("dirlink/secret")]
    [Arguments("dirlink/root/a.txt")]
    public async Task Symbolic_links_are_refused_wherever_they_stand(string path)
    {
        await Assert.That(_files.Read(In(path))).IsEqualTo(new OutsideFailure("Error", $"fs.readFile: Symlinks are prohibited: {In(path)}", null));
        await Assert.That(_files.Exists(In(path)).Complaint).IsEqualTo($"fs.existsSync: Symlinks are prohibited: {In(path)}");
    }

    [Test]
    public async Task A_missing_file_is_told_as_the_reference_tells_it()
    {
        await Assert.That(_files.Read(In("none"))).IsEqualTo(new OutsideFailure("Error", $"fs.readFile: ENOENT: no such file or directory, lstat '{In("none")}'", null));
        await Assert.That(_files.Exists(In("none")).Complaint).IsEqualTo($"fs.existsSync: ENOENT: no such file or directory, lstat '{In("none")}'");
    }

    [Test]
    public async Task A_directory_and_a_pipe_are_no_files()
    {
        await Assert.That(_files.Read(In("inner"))).IsEqualTo(new OutsideFailure("Error", "EISDIR: illegal operation on a directory, read", "EISDIR"));
        Process.Start("mkfifo", In("pipe"))!.WaitForExit();
        await Assert.That(((OutsideFailure)_files.Read(In("pipe"))).Code).IsEqualTo("EINVAL");
    }

    [Test]
    public async Task Nothing_is_done_that_was_not_granted()
    {
        ConfinedFiles none = Granted(_root, false, false, false);
        await Assert.That(((OutsideFailure)none.Read(In("a.txt"))).Message).IsEqualTo("fs.readFile: it was not granted");
        await Assert.That(((OutsideFailure)none.Access(In("a.txt"), 0)).Message).IsEqualTo("fs.access: it was not granted");
        await Assert.That(none.Exists(In("a.txt")).Complaint).IsEqualTo("fs.existsSync: it was not granted");
        await Assert.That(((OutsideFailure)Granted(null, true, true, true).Read(In("a.txt"))).Message).StartsWith("fs.readFile: Path ");
        await Assert.That(((OutsideFailure)Granted("", true, true, true).Read(In("a.txt"))).Message).IsEqualTo($"fs.readFile: Path {In("a.txt")} is outside allowed root ");
    }

    [Test]
    public async Task A_configuration_says_what_is_granted()
    {
        VatReach reach = VatReach.Of("""{"bundleSpec":"x","network":{"allowedHosts":["a","b"]},"platformConfig":{"fs":{"rootDir":"/r","existsSync":true,"promises":{"access":true}}}}""");
        await Assert.That(string.Join(' ', reach.Hosts.Order(StringComparer.Ordinal))).IsEqualTo("a b");
        await Assert.That((reach.RootDirectory, reach.MayExist, reach.MayRead, reach.MayAccess)).IsEqualTo(("/r", true, false, true));
        await Assert.That(VatReach.Of("""{"bundleSpec":"x","network":null,"platformConfig":0}""").RootDirectory).IsNull();
    }

    private static ConfinedFiles Granted(string? root, bool exists, bool read, bool access) => new(new VatReach(new HashSet<string>(StringComparer.Ordinal), root, exists, read, access));

    private string In(string path) => Path.Combine(_root, path);

    private static string Text(OutsideEvent happening) => Encoding.UTF8.GetString(((FileContent)happening).Bytes.Span);
}
