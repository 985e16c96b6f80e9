namespace Ocap.Bundler.Tests;

/// <summary>A temporary directory of sources, written as one text: each file starts after a line <c>--- name</c>. The first file is the entry.</summary>
internal sealed class SourceTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ocap-bundler-");

    public SourceTree(string files)
    {
        foreach (string part in files.Split("--- ", StringSplitOptions.RemoveEmptyEntries))
        {
            int lineEnd = part.IndexOf('\n', StringComparison.Ordinal);
            string name = part[..lineEnd].Trim();
            Entry ??= Path.Combine(Root, name);
            string path = Path.Combine(Root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, part[(lineEnd + 1)..]);
        }
        if (!File.Exists(Path.Combine(Root, "package.json")))
        {
            File.WriteAllText(Path.Combine(Root, "package.json"), """{"type":"module"}""");
        }
        Entry ??= Root;
    }

    public string Root => _root.FullName;

    public string Entry { get; }

    public BundleResult Build() => Bundle.Build(Entry, new BundleOptions { DisplayDirectory = Root });

    public void Dispose() => _root.Delete(recursive: true);
}
