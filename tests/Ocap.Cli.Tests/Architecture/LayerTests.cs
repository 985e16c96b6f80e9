using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Ocap.Cli.Tests.Architecture;

/// <summary>The projects and what each may know: one line per project of src/. An arrow that is not here is a decision, not a convenience.</summary>
public sealed class LayerTests
{
    private static readonly Layer[] Layers =
    [
        new("Ocap.Marshal", [], []),
        new("Ocap.Kernel", ["Ocap.Marshal"], []),
        new("Ocap.Store", ["Ocap.Kernel"], ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"]),
        new("Ocap.Vats", ["Ocap.Kernel", "Ocap.Marshal"], ["Jint", "Acornima", "BouncyCastle.Cryptography"]),
        new("Ocap.Bundler", [], ["Acornima"]),
        new("Ocap.Remotes", ["Ocap.Kernel", "Ocap.Marshal"], ["BouncyCastle.Cryptography"]),
        new("Ocap.Rpc", [], []),
        new(
            "Ocap.Daemon",
            ["Ocap.Marshal", "Ocap.Kernel", "Ocap.Store", "Ocap.Vats", "Ocap.Remotes", "Ocap.Rpc"],
            ["BouncyCastle.Cryptography", "Microsoft.Extensions.Logging.Abstractions"]),
        new(
            "Ocap.Cli",
            ["Ocap.Marshal", "Ocap.Kernel", "Ocap.Store", "Ocap.Vats", "Ocap.Remotes", "Ocap.Rpc", "Ocap.Daemon", "Ocap.Bundler"],
            ["ConsoleAppFramework", "MinVer"]),
    ];

    /// <summary>Packages whose assemblies have other names.</summary>
    private static readonly Dictionary<string, string> Assemblies = new(StringComparer.Ordinal)
    {
        ["Microsoft.Data.Sqlite.Core"] = "Microsoft.Data.Sqlite",
        ["SQLitePCLRaw.bundle_e_sqlite3"] = "SQLitePCLRaw.core",
    };

    /// <summary>What would make the kernel touch the world by itself. It is handed what it needs.</summary>
    private static readonly string[] Powers =
    [
        "System.Net.", "System.IO.File", "System.IO.Directory", "System.IO.Path", "System.Threading.Thread", "System.Threading.Timer", "System.Timers.",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.DateTime", "System.Console", "System.Environment",
        "System.Runtime.InteropServices.NativeLibrary",
    ];

    public static IEnumerable<Func<Layer>> EachLayer() => Layers.Select(layer => (Func<Layer>)(() => layer));

    [Test]
    public async Task Every_project_of_the_source_has_its_line()
    {
        IEnumerable<string> projects = Directory.GetDirectories(Path.Combine(RepositoryRoot(), "src")).Select(folder => Path.GetFileName(folder));

        await Assert.That(projects.Order(StringComparer.Ordinal)).IsEquivalentTo(Layers.Select(layer => layer.Name).Order(StringComparer.Ordinal));
    }

    [Test]
    [MethodDataSource(nameof(EachLayer))]
    public async Task A_project_names_only_what_it_may(Layer layer)
    {
        XDocument project = XDocument.Load(Path.Combine(RepositoryRoot(), "src", layer.Name, layer.Name + ".csproj"));
        IEnumerable<string> projects = Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

        await Assert.That(projects.Except(layer.Projects)).IsEmpty();
        await Assert.That(Included(project, "PackageReference").Except(layer.Packages)).IsEmpty();
    }

    [Test]
    [MethodDataSource(nameof(EachLayer))]
    public async Task A_compiled_project_uses_only_what_it_may(Layer layer)
    {
        using PEReader file = Open(layer);
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<string> used = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => !IsFramework(name));

        await Assert.That(used.Except([.. layer.Projects, .. layer.Packages.Select(package => Assemblies.GetValueOrDefault(package, package))])).IsEmpty();
    }

    [Test]
    public async Task The_kernel_holds_no_power_of_its_own()
    {
        using PEReader file = Open(Layers.Single(layer => layer.Name == "Ocap.Kernel"));
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<string> types = metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");

        await Assert.That(types.Where(type => Powers.Any(power => type.StartsWith(power, StringComparison.Ordinal)))).IsEmpty();
    }

    [Test]
    public async Task Only_what_runs_vats_decodes_what_servers_have_compressed()
    {
        IEnumerable<string> decoding = Layers.Where(layer =>
        {
            using PEReader file = Open(layer);
            MetadataReader metadata = file.GetMetadataReader();
            return metadata.AssemblyReferences.Any(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name).StartsWith("System.IO.Compression", StringComparison.Ordinal));
        }).Select(layer => layer.Name);

        await Assert.That(decoding).IsEquivalentTo(["Ocap.Vats"]);
    }

    private static PEReader Open(Layer layer)
    {
        string name = layer.Name == "Ocap.Cli" ? "ocap" : layer.Name;
        return new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
    }

    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "netstandard" or "Microsoft.Win32.Primitives";

    private static IEnumerable<string> Included(XDocument project, string element) =>
        project.Descendants(element)
            // A tool that only has to be built before (build/engine).
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ocap.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    /// <summary>A project of src/, the projects it may reference, and the packages.</summary>
    public sealed record Layer(string Name, string[] Projects, string[] Packages)
    {
        public override string ToString() => Name;
    }
}
