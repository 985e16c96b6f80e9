namespace Ocap.Cli.Watching;

/// <summary>What tells a changed file from an unchanged one without reading it; <see cref="None"/> for one that is not there.</summary>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    internal static readonly FileStamp None = new(default, -1);

    internal static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : None;
    }
}
