namespace Ocap.Daemon.Kernel;

/// <summary>Makes a bundle of the module at a full path. The command line hands the daemon one: the daemon itself knows no bundler (design/architecture.md §1).</summary>
/// <exception cref="Ocap.Vats.BundleException">It cannot be bundled; the message says where and why.</exception>
public delegate SourceBundle SourceBundler(string path);

/// <summary>A bundle made of a source.</summary>
/// <param name="Content">The <c>.bundle</c> file's bytes.</param>
/// <param name="Warnings">Sentences for whoever reads the log.</param>
public sealed record SourceBundle(byte[] Content, IReadOnlyList<string> Warnings);
