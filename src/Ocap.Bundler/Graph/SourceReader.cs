using System.Text;

namespace Ocap.Bundler.Graph;

/// <summary>Reads source files: UTF-8, with or without byte order mark.</summary>
internal static class SourceReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file at <paramref name="path"/>, or gives a sentence saying why it cannot be read.</summary>
    public static bool TryRead(
        string path,
        Func<string, byte[]> read,
        string displayName,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ModuleSource? source,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? failure)
    {
        source = null;
        failure = null;
        try
        {
            string text = Strict.GetString(read(path));
            source = new ModuleSource(path, path, displayName, text is ['\uFEFF', .. var rest] ? rest : text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            failure = "The file is not valid UTF-8; save it as UTF-8 text.";
        }
        catch (FileNotFoundException)
        {
            failure = new FileInfo(path).LinkTarget is { } target ? $"It is a link to {target}, which is not there." : "There is no such file.";
        }
        catch (DirectoryNotFoundException)
        {
            failure = "There is no such file.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = Directory.Exists(path) ? "This is a directory, not a module." : $"The file cannot be read: {e.Message}";
        }
        return false;
    }

    /// <summary>A path as people see it, with forward slashes.</summary>
    public static string DisplayName(string path, string displayDirectory) =>
        (displayDirectory.Length == 0 ? path : Path.GetRelativePath(displayDirectory, path)).Replace('\\', '/');
}
