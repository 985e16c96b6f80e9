using System.Text.Json;
using Ocap.Daemon.Home;
using Ocap.Marshal;
using Ocap.Remotes.Content;
using Ocap.Vats;

namespace Ocap.Daemon.Kernel;

/// <summary>Fetches bundles for vats and keeps each under its hash, so that a moved file or a dead web server cannot stop a vat from coming back.</summary>
/// <param name="directory">Where they are kept, <c>&lt;home&gt;/bundles</c>.</param>
/// <param name="bundler">Makes the bundles of vats that are configured by their source.</param>
/// <param name="warn">Takes what the bundler warns of.</param>
internal sealed class BundleStore(string directory, SourceBundler bundler, Action<string> warn) : IBundleSource
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly Lock _keeping = new();

    public VatBundle Fetch(string vatConfig)
    {
        byte[] content = Make(vatConfig);
        string hash = ContentHash.Of(content);
        Keep(hash, content);
        return new VatBundle(hash, content);
    }

    public VatBundle Kept(string hash)
    {
        byte[] content;
        try
        {
            content = RegularFile.Read(PathOf(hash), MostBytes);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"the kept bundle {PathOf(hash)} cannot be read ({missing.Message.TrimEnd('.')})");
        }

        return string.Equals(ContentHash.Of(content), hash, StringComparison.Ordinal)
            ? new VatBundle(hash, content)
            : throw new BundleException($"the kept bundle {PathOf(hash)} is damaged");
    }

    /// <summary>Sees to it that the bundle is on disk, whole: one that is there is looked at, and replaced when it is damaged or cannot be read.</summary>
    private void Keep(string hash, byte[] content)
    {
        lock (_keeping)
        {
            string path = PathOf(hash);
            try
            {
                Directory.CreateDirectory(directory);
                if (IsKept(path, content))
                {
                    return;
                }

                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }

                File.Delete(path);
                _ = DurableFile.TryCreate(path, content);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new BundleException($"the bundle cannot be kept in {directory}: {refused.Message}");
            }
        }
    }

    private static bool IsKept(string path, byte[] content)
    {
        try
        {
            return RegularFile.Read(path, MostBytes).AsSpan().SequenceEqual(content);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string hash) => Path.Combine(directory, hash + ".bundle");

    private byte[] Make(string vatConfig)
    {
        using JsonDocument document = StoredJson.Parse(vatConfig);
        return SpecOf(document, "bundleSpec") is { } bundle ? Read(bundle)
            : SpecOf(document, "sourceSpec") is { } source ? Bundle(source)
            : throw new BundleException("for now, only bundleSpec and sourceSpec are supported in vatConfig specifications");
    }

    private static string? SpecOf(JsonDocument vatConfig, string kind) =>
        vatConfig.RootElement.TryGetProperty(kind, out JsonElement spec) && spec.ValueKind == JsonValueKind.String ? spec.GetString() : null;

    private static byte[] Read(string spec) => UrlOf(spec) is { } url
        ? url.IsFile ? ReadFile(PathOf(url)) : HttpBundle.Read(url, MostBytes)
        : throw new BundleException($"Invalid URL: \"{spec}\"; give a file:, http: or https: URL (the command line turns a path into one)");

    private static Uri? UrlOf(string spec) => spec.Contains(':', StringComparison.Ordinal) && Uri.TryCreate(spec, UriKind.Absolute, out Uri? url) ? url : null;

    /// <exception cref="BundleException">It names another machine.</exception>
    private static string PathOf(Uri file) => file.Host.Length == 0 || file.IsLoopback ? Uri.UnescapeDataString(file.AbsolutePath)
        : throw new BundleException($"Invalid URL: \"{file.OriginalString}\"; a file: URL names a file of this machine: file:///path, with three strokes");

    private byte[] Bundle(string spec)
    {
        string path = UrlOf(spec) is { IsFile: true } url ? PathOf(url)
            : Path.IsPathFullyQualified(spec) ? spec
            : throw new BundleException($"Invalid sourceSpec: \"{spec}\"; give a full path or a file: URL (the command line turns a relative path into one)");
        SourceBundle made = bundler(path);
        foreach (string warning in made.Warnings)
        {
            warn($"Bundling {path}: {warning}");
        }

        return made.Content;
    }

    private static bool IsJsonObject(byte[] content) => content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static byte[] ReadFile(string path)
    {
        byte[] content;
        try
        {
            content = RegularFile.Read(path, MostBytes);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"the bundle {path} cannot be read: {missing.Message.TrimEnd('.')}; name a .bundle file, as 'ocap bundle' makes them");
        }

        return Path.GetExtension(path) is ".js" or ".mjs" or ".cjs" or ".ts" && !IsJsonObject(content)
            ? throw new BundleException($"{path} is a source, not a bundle. Make one of it with 'ocap bundle {path}' and name that, or give the source as \"sourceSpec\"")
            : content;
    }
}
