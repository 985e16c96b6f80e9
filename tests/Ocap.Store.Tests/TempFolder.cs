namespace Ocap.Store.Tests;

/// <summary>A directory that lives as long as a test.</summary>
internal sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ocap-store-").FullName;

    internal string Database => System.IO.Path.Combine(Path, "kernel.sqlite");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
