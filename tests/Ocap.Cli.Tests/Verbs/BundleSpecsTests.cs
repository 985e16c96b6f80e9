using System.Text;
using Ocap.Cli.Verbs;

namespace Ocap.Cli.Tests.Verbs;

public sealed class BundleSpecsTests
{
    [Test]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"x.bundle"}}}}""", """{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"file:///w/x.bundle"}}}}""")]
    [Arguments("""{"config":{"vats":{"a":{"bundleSpec":"../x.bundle"},"b":{"bundleSpec":"/abs"}},"bootstrap":"a"}}""", """{"config":{"vats":{"a":{"bundleSpec":"file:///x.bundle"},"b":{"bundleSpec":"file:///abs"}},"bootstrap":"a"}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"a\\b\u0041.bundle","parameters":{"bundleSpec":"p"}}}}}""", """{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"file:///w/a%5CbA.bundle","parameters":{"bundleSpec":"p"}}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"src/x.js"}}}}""", """{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"file:///w/src/x.js"}}}}""")]
    public async Task Paths_become_file_URLs(string before, string after) => await Assert.That(Resolve(before)).IsEqualTo(after);

    [Test]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"http://h/x.bundle"}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":""}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":1}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"file:/x.js","bundleName":"x"}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":{"bundleName":"x","parameters":{"sourceSpec":"x.js"}}}}}""")]
    [Arguments("""{"config":{"vats":{"a":{"bundleSpec":"x.bundle"}}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":[{"bundleSpec":"x.bundle"}]}}""")]
    [Arguments("""{"config":{"bootstrap":"a","vats":{"a":[{"bundleSpec":"x.bundle"}]}}}""")]
    [Arguments("""{"config":{"bootstrap":"a","other":{"a":{"bundleSpec":"x.bundle"}}}}""")]
    [Arguments("""{"other":{"bootstrap":"a","vats":{"a":{"bundleSpec":"x.bundle"}}}}""")]
    [Arguments("""[{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"x.bundle"}}}}]""")]
    [Arguments("""{"config":{"bootstrap":"\ud800","vats":{"\ud800":{"x":"\ud800"}}}}""")]
    [Arguments("""{"config":"x.bundle"}""")]
    [Arguments("\"config\"")]
    [Arguments("7")]
    public async Task Everything_else_stays_byte_for_byte(string json) => await Assert.That(Resolve(json)).IsEqualTo(json);

    [Test]
    [Arguments("/a b", "file:///a%20b")]
    [Arguments("/é\"#?%\n", "file:///%C3%A9%22%23%3F%25%0A")]
    [Arguments("/a-b_c.d~e", "file:///a-b_c.d~e")]
    public async Task A_file_URL_means_the_same_file(string path, string url)
    {
        await Assert.That(BundleSpecs.FileUrl(path)).IsEqualTo(url);
        await Assert.That(new Uri(url).LocalPath).IsEqualTo(path);
    }

    private static string Resolve(string json) => Encoding.UTF8.GetString(BundleSpecs.Resolve(Encoding.UTF8.GetBytes(json), "/w").Span);
}
