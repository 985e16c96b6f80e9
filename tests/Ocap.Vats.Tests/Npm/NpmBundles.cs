using System.Diagnostics;
using System.Text.Json;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ocap.Vats.Tests.Npm;

/// <summary>The npm packages that tests use as oracles and inside vats: installed and bundled once per test run by <c>npm/build.sh</c>.</summary>
internal static class NpmBundles
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The folder that holds package.json and node_modules.</summary>
    internal static string Folder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "npm"));

    /// <summary>The code of a bundled test vat of <c>npm/vats</c>.</summary>
    internal static string Code(string name)
    {
        using var bundle = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built.Value, name + ".bundle")));
        return bundle.RootElement.GetProperty("code").GetString()!;
    }

    /// <summary>
    /// Runs a script of <c>npm/</c> under Node and returns what it prints. It is the Node of the lock file where there is one for this machine: what the
    /// language has depends on its version.
    /// </summary>
    internal static string Node(string script, params string[] arguments)
    {
        _ = Built.Value;
        return Run(NodeProgram, [Path.Combine(Folder, script), .. arguments]);
    }

    /// <summary>The same with text on its standard input.</summary>
    internal static string NodeWithInput(string script, string input)
    {
        _ = Built.Value;
        return Run(NodeProgram, [Path.Combine(Folder, script)], input);
    }

    private static string NodeProgram => Path.Combine(Folder, "node_modules", $"node-{Platform}", "bin", "node") is var own && File.Exists(own) ? own : "node";

    private static string Platform => $"{(OperatingSystem.IsLinux() ? "linux" : "other")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private static string Build()
    {
        Run("sh", [Path.Combine(Folder, "build.sh")]);
        return Path.Combine(Folder, "bundles");
    }

    private static string Run(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var text = output.Result;
        if (!process.WaitForExit(TimeSpan.FromMinutes(3))) throw new TimeoutException($"{program} {string.Join(' ', arguments)} took too long");
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{text}{errors.Result}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
