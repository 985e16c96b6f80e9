using System.Runtime.Versioning;
using Ocap.Daemon.Home;

[assembly: UnsupportedOSPlatform("windows")]

namespace Ocap.Cli.Tests.Lifecycle;

/// <summary>A directory of a test's own, gone when the test is over; it can serve as a home.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocap-").FullName;

    internal HomeDirectory Home => HomeDirectory.Resolve(_root, _ => null);

    internal string In(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
