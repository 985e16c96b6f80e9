using System.Text.Json;
using Ocap.Daemon.Home;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Subclusters;

namespace Ocap.Daemon.Kernel;

/// <summary>
/// The subclusters that a home's daemon has by itself, from <c>system-subclusters.json</c>: <c>[{"name":…,"config":…}]</c>. They alone may ask for
/// <c>kernelFacet</c>, so only who can write the home says what they are.
/// </summary>
internal static class SystemSubclusterFile
{
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly ListShape Shape = new(new ObjectShape(new Field("name", TextShape.Instance), new Field("config", ClusterConfigShape.Instance)));

    /// <summary>What the file says; nothing where there is none.</summary>
    /// <exception cref="DaemonException">It cannot be read, or is no such list; the message names it.</exception>
    internal static IReadOnlyList<SystemSubcluster> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return [];
        }

        int depth = ServerLimits.Default.ParamsDepth;
        try
        {
            using JsonDocument document = file.Length <= MostBytes
                ? JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })
                : throw new DaemonException(Refusal(path, $"it has more than {MostBytes} bytes"));
            return Shape.Complaint(document.RootElement) is { } complaint
                ? throw new DaemonException(Refusal(path, complaint))
                : [.. document.RootElement.EnumerateArray().Select(entry => Entry(entry, depth))];
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new DaemonException(Refusal(path, unreadable.Message));
        }
    }

    private static SystemSubcluster Entry(JsonElement entry, int depth)
    {
        using JsonDocument config = PlainJson.Normalize(entry.GetProperty("config"), depth);
        return new SystemSubcluster(entry.GetProperty("name").GetString()!, ClusterConfig.Parse(config.RootElement));
    }

    private static string Refusal(string path, string why) => $"{path} says no system subclusters: {why.TrimEnd('.')}. Mend it, or move it away.";
}
