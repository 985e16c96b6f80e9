using Ocap.Daemon.Kernel;
using Ocap.Vats;

namespace Ocap.Daemon.Tests.Kernel;

/// <summary>Bundles that are kept for the next process.</summary>
internal sealed class BundleStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-bundles-");
    private readonly BundleStore _store;
    private readonly string _config;

    public BundleStoreTests()
    {
        string source = Path.Combine(_folder.FullName, "a.bundle");
        File.WriteAllText(source, new string('x', 100_000));
        _config = $$"""{"bundleSpec":"file://{{source}}"}""";
        _store = new BundleStore(Kept, static _ => throw new InvalidOperationException("no source here"), static _ => { });
    }

    private string Kept => Path.Combine(_folder.FullName, "kept");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task A_damaged_bundle_is_not_used_and_fetching_it_again_mends_it()
    {
        string hash = _store.Fetch(_config).Hash;
        string path = Path.Combine(Kept, hash + ".bundle");
        byte[] damaged = File.ReadAllBytes(path);
        damaged[50_000] ^= 1;
        File.WriteAllBytes(path, damaged);
        await Assert.That(() => _store.Kept(hash)).Throws<BundleException>();
        await Assert.That(_store.Fetch(_config).Hash).IsEqualTo(hash);
        await Assert.That(_store.Kept(hash).Content.Length).IsEqualTo(100_000);
    }

    [Test]
    public async Task One_that_is_there_is_not_written_again()
    {
        string path = Path.Combine(Kept, _store.Fetch(_config).Hash + ".bundle");
        DateTime longAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);
        _store.Fetch(_config);
        await Assert.That(File.GetLastWriteTimeUtc(path)).IsEqualTo(longAgo);
    }

    [Test]
    public async Task Many_at_once_keep_the_same_bundle()
    {
        for (int round = 0; round < 20; round++)
        {
            Parallel.For(0, 16, _ => _store.Fetch(_config));
            await Assert.That(Directory.GetFiles(Kept).Length).IsEqualTo(1);
            Directory.Delete(Kept, recursive: true);
        }
    }

    [Test]
    public async Task A_configuration_may_be_as_deep_as_a_request()
    {
        string deep = new string('[', 990) + new string(']', 990);
        await Assert.That(_store.Fetch(_config.Replace("{", $$"""{"parameters":{{deep}},""", StringComparison.Ordinal)).Content.Length).IsEqualTo(100_000);
    }

    [Test]
    public async Task A_kept_bundle_that_cannot_be_read_is_replaced()
    {
        string hash = _store.Fetch(_config).Hash;
        string path = Path.Combine(Kept, hash + ".bundle");
        File.Delete(path);
        Directory.CreateDirectory(Path.Combine(path, "with", "something in it"));
        await Assert.That(() => _store.Kept(hash)).Throws<BundleException>();
        await Assert.That(_store.Fetch(_config).Hash).IsEqualTo(hash);
        await Assert.That(_store.Kept(hash).Content.Length).IsEqualTo(100_000);
    }

    [Test]
    [Arguments(64 * 1024 * 1024, true)]
    [Arguments(64 * 1024 * 1024 + 1, false)]
    public async Task A_bundle_may_have_64_MiB(int length, bool isTaken)
    {
        string source = Path.Combine(_folder.FullName, "long.bundle");
        using (FileStream file = File.Create(source))
            file.SetLength(length);
        string config = $$"""{"bundleSpec":"file://{{source}}"}""";
        if (isTaken)
            await Assert.That(_store.Fetch(config).Content.Length).IsEqualTo(length);
        else
            await Assert.That(() => _store.Fetch(config)).Throws<BundleException>().WithMessageContaining("at most 67108864 are read");
    }
}
