using System.Text;
using System.Text.Json;

namespace Ocap.Bundler.Tests.Npm;

public class NpmOutputTests
{
    [Test]
    public async Task Packages_give_the_same_bytes_wherever_they_lie_and_however_many_are_bundled_at_once()
    {
        Dictionary<string, byte[]> bundles = NpmVats.Names.ToDictionary(name => name, name => NpmVats.Build(name).Bytes);
        DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("ocap-elsewhere-");
        try
        {
            Copy(new DirectoryInfo(Path.Combine(NpmVats.Folder, "vats")), elsewhere.CreateSubdirectory("vats"));
            foreach (string package in (string[])["@endo", "@noble", "zod"])
            {
                Copy(new DirectoryInfo(Path.Combine(NpmVats.Folder, "node_modules", package)), elsewhere.CreateSubdirectory("node_modules/" + package));
            }
            File.Copy(Path.Combine(NpmVats.Folder, "package.json"), Path.Combine(elsewhere.FullName, "package.json"));
            byte[][] copies = await Task.WhenAll(from name in (string[])["zod", "noble", "marshal", "far", "exo"]
                                                 select Task.Run(() => Bundle.Build(Path.Combine(elsewhere.FullName, "vats", name + ".js"), new BundleOptions()).Bytes));
            await Assert.That(copies.Select(Encoding.UTF8.GetString)).IsEquivalentTo(from name in (string[])["zod", "noble", "marshal", "far", "exo"] select Encoding.UTF8.GetString(bundles[name]));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
        foreach (var (name, bytes) in bundles)
        {
            await Assert.That(Encoding.UTF8.GetString(bytes)).DoesNotContain(NpmVats.Folder).Because(name);
            using var bundle = JsonDocument.Parse(bytes);
            await Assert.That(bundle.RootElement.GetProperty("code").GetString()!).DoesNotContain("node_modules/").Because(name);
        }
    }

    // What the reference's bundles of these vats measure, without comments; how near ours come is for scripts/bench-bundle.sh to show exactly.
    [Test]
    [Arguments("far", 62_500)]
    [Arguments("exo", 225_000)]
    [Arguments("noble", 124_000)]
    [Arguments("zod", 260_000)]
    public async Task A_bundle_holds_little_more_than_what_the_vat_uses(string name, int most) =>
        await Assert.That((await BundleRunner.CodeOf(NpmVats.Build(name))).Length).IsLessThan(most);

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }
        foreach (DirectoryInfo inner in from.EnumerateDirectories())
        {
            Copy(inner, to.CreateSubdirectory(inner.Name));
        }
    }
}
