using Ocap.Remotes.Identity;

namespace Ocap.Remotes.Tests;

public sealed class IdentityFileTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ocap-identity-");

    private string FilePath => Path.Combine(_home.FullName, "identity.json");

    public void Dispose() => _home.Delete(recursive: true);

    [Test]
    public async Task An_identity_is_made_once_and_then_kept()
    {
        KernelIdentity made = IdentityFile.LoadOrCreate(FilePath);
        KernelIdentity kept = IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(made.PeerId.Text).StartsWith("12D3KooW");
        await Assert.That(kept.PeerId).IsEqualTo(made.PeerId);
        await Assert.That(kept.KeySeed.SequenceEqual(made.KeySeed)).IsTrue();
        await Assert.That(kept.OcapUrlKey.SequenceEqual(made.OcapUrlKey)).IsTrue();
        await Assert.That(made.KeySeed.SequenceEqual(made.OcapUrlKey)).IsFalse();
        await Assert.That(_home.GetFiles().Select(f => f.Name)).IsEquivalentTo(["identity.json"]);
    }

    [Test]
    public async Task Two_homes_have_two_identities()
    {
        KernelIdentity one = IdentityFile.LoadOrCreate(FilePath);
        KernelIdentity other = IdentityFile.LoadOrCreate(FilePath + "2");
        await Assert.That(one.PeerId).IsNotEqualTo(other.PeerId);
        await Assert.That(one.OcapUrlKey.SequenceEqual(other.OcapUrlKey)).IsFalse();
    }

    [Test]
    public async Task The_file_is_private_from_the_start_and_made_so_again()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(File.GetUnixFileMode(FilePath)).IsEqualTo(ownerOnly);
        File.SetUnixFileMode(FilePath, ownerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(File.GetUnixFileMode(FilePath)).IsEqualTo(ownerOnly);
    }

    [Test]
    public async Task An_identity_kept_elsewhere_is_taken_over_once_and_replaces_no_other()
    {
        string seed = new('a', 64);
        string key = new('b', 64);
        IdentityFile.Adopt(FilePath, seed, key);
        IdentityFile.Adopt(FilePath, seed, key);
        KernelIdentity adopted = IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(Convert.ToHexStringLower(adopted.KeySeed)).IsEqualTo(seed);
        await Assert.That(Convert.ToHexStringLower(adopted.OcapUrlKey)).IsEqualTo(key);

        await Assert.That(() => IdentityFile.Adopt(FilePath, key, key)).Throws<IdentityFileException>().WithMessageContaining("another kernel");
        await Assert.That(() => IdentityFile.Adopt(FilePath + "2", "no seed", key)).Throws<IdentityFileException>().WithMessageContaining("keySeed");
        await Assert.That(File.Exists(FilePath + "2")).IsFalse();
        await Assert.That(IdentityFile.LoadOrCreate(FilePath).PeerId).IsEqualTo(adopted.PeerId);
    }

    [Test]
    public async Task Printing_an_identity_shows_no_secret()
    {
        KernelIdentity made = IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(made.ToString()).IsEqualTo(made.PeerId.Text);
    }

    [Test]
    [Arguments("", "is empty")]
    [Arguments("{", "is not valid JSON")]
    [Arguments("[]", "\"keySeed\" must be 64 hexadecimal digits")]
    [Arguments("""{"keySeed":"00"}""", "\"keySeed\" must be 64 hexadecimal digits")]
    [Arguments("""{"keySeed":"0000000000000000000000000000000000000000000000000000000000000000","ocapURLKey":5}""", "\"ocapURLKey\" must be 64 hexadecimal digits")]
    [Arguments("""{"keySeed":"0000000000000000000000000000000000000000000000000000000000000000","ocapURLKey":"zz00000000000000000000000000000000000000000000000000000000000000"}""", "\"ocapURLKey\" must be")]
    [Arguments("""{"peerId":"12D3KooWother","keySeed":"0000000000000000000000000000000000000000000000000000000000000000","ocapURLKey":"0000000000000000000000000000000000000000000000000000000000000000"}""", "its peerId is not the one of its keySeed, 12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN")]
    public async Task A_damaged_file_is_refused_with_a_way_out_and_left_alone(string content, string reason)
    {
        await File.WriteAllTextAsync(FilePath, content);
        IdentityFileException? refusal = await Assert.That(() => IdentityFile.LoadOrCreate(FilePath)).Throws<IdentityFileException>();
        await Assert.That(refusal!.Message).Contains(FilePath);
        await Assert.That(refusal.Message).Contains(reason);
        await Assert.That(refusal.Message).Contains("move it away and start again");
        await Assert.That(await File.ReadAllTextAsync(FilePath)).IsEqualTo(content);
    }

    [Test]
    public async Task A_link_or_a_directory_in_the_files_place_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        string elsewhere = Path.Combine(_home.FullName, "elsewhere");
        File.CreateSymbolicLink(FilePath, elsewhere);
        await Assert.That(() => IdentityFile.LoadOrCreate(FilePath)).Throws<IdentityFileException>();
        await Assert.That(File.Exists(elsewhere)).IsFalse();
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        await Assert.That(() => IdentityFile.LoadOrCreate(FilePath)).Throws<IdentityFileException>();
    }

    [Test]
    public async Task A_draft_that_a_crash_left_behind_is_no_hindrance()
    {
        await File.WriteAllTextAsync(FilePath + ".new", "half");
        KernelIdentity made = IdentityFile.LoadOrCreate(FilePath);
        await Assert.That(IdentityFile.LoadOrCreate(FilePath).PeerId).IsEqualTo(made.PeerId);
        await Assert.That(File.Exists(FilePath + ".new")).IsFalse();
    }
}
