using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocap.Cli.Verbs;

/// <summary>Makes a launch's paths of bundles and sources mean what the person at the terminal means: relative to where they are, not to where the daemon is (spec/cli.md §4).</summary>
internal static class BundleSpecs
{
    private const int MaxDepth = 1_000_000;

    /// <summary>Replaces each <c>config.vats.*.bundleSpec</c> and <c>sourceSpec</c> that is a path by its <c>file://</c> URL; everything else stays byte for byte.</summary>
    /// <param name="parameters">Valid JSON.</param>
    /// <param name="directory">What relative paths start from.</param>
    internal static ReadOnlyMemory<byte> Resolve(ReadOnlyMemory<byte> parameters, string directory)
    {
        List<(int Start, int End, string Spec)> found = Find(parameters.Span);
        if (found.Count == 0)
            return parameters;
        ArrayBufferWriter<byte> result = new(parameters.Length + 1024);
        int copied = 0;
        foreach ((int start, int end, string spec) in found)
        {
            result.Write(parameters.Span[copied..start]);
            result.Write("\""u8);
            result.Write(Encoding.ASCII.GetBytes(FileUrl(Path.GetFullPath(spec, directory))));
            result.Write("\""u8);
            copied = end;
        }
        result.Write(parameters.Span[copied..]);
        return result.WrittenMemory;
    }

    /// <summary>A file's URL. Everything that is not a letter, a digit or plainly harmless is percent-encoded, so it needs no JSON escapes either.</summary>
    internal static string FileUrl(string path)
    {
        StringBuilder url = new("file://");
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "/-._~!$&'()*+,;=:@".Contains((char)b, StringComparison.Ordinal))
                url.Append((char)b);
            else
                url.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return url.ToString();
    }

    private static List<(int Start, int End, string Spec)> Find(ReadOnlySpan<byte> json)
    {
        List<(int, int, string)> found = [];
        bool hasBootstrap = false;
        string[] path = new string[5]; // names of the members we are in, by depth: 1 config, 2 vats, 3 the vat, 4 the spec
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth < path.Length)
            {
                path[reader.CurrentDepth] = reader.ValueIsEscaped ? Unescaped(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
                bool inConfig = path[1] is "config";
                hasBootstrap |= inConfig && reader.CurrentDepth == 2 && path[2] is "bootstrap";
                if (!inConfig || (reader.CurrentDepth >= 2 && path[2] is not "vats") || (reader.CurrentDepth == 4 && path[4] is not ("bundleSpec" or "sourceSpec")))
                    reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String && reader.CurrentDepth == 4 && IsPath(ref reader, out string spec))
            {
                found.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed, spec));
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Skip();
            }
        }
        return hasBootstrap ? found : [];
    }

    private static bool IsPath(ref Utf8JsonReader reader, out string spec)
    {
        spec = Unescaped(ref reader);
        return spec.Length > 0 && !spec.Contains("://", StringComparison.Ordinal) && !spec.StartsWith("file:", StringComparison.Ordinal);
    }

    /// <summary>The text of a name or string; one with half a surrogate pair is no path and no name we look for.</summary>
    private static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
