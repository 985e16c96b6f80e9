using ConsoleAppFramework;
using Ocap.Bundler;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary><c>bundle</c>: writes <c>name.bundle</c> beside each module (spec/cli.md §6). One that fails does not keep the others from being written.</summary>
internal static class BundleVerb
{
    private const string Extension = ".bundle";

    internal static int Run([Argument] params string[] targets)
    {
        bool allWritten = true;
        foreach (string target in targets)
        {
            if (Directory.Exists(target))
            {
                Terminal.Result($"Bundling directory: {Path.GetFullPath(target)}");
                foreach (string source in Sources(target))
                    allWritten &= Write(source);
            }
            else
            {
                allWritten &= Write(target);
            }
        }
        return allWritten ? 0 : 1;
    }

    private static IEnumerable<string> Sources(string directory) => Directory.EnumerateFiles(directory)
        .Where(f => Path.GetExtension(f) is ".js" or ".ts" && !f.EndsWith(".d.ts", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static bool Write(string source)
    {
        try
        {
            string bundle = Path.GetFullPath(Path.ChangeExtension(source, Extension));
            if (Path.GetExtension(source) is Extension)
            {
                Terminal.Say($"{source} is a bundle already. Name the module it was made from.");
                return false;
            }
            BundleResult result = Bundle.Build(source, new BundleOptions());
            foreach (string warning in result.Warnings)
                Terminal.Say($"Warning: {warning}");
            Replace(bundle, result.Bytes);
            Terminal.Result($"Wrote {bundle}: {result.Bytes.Length} bytes");
            return true;
        }
        catch (BundleException fault)
        {
            Terminal.Say(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Terminal.Say($"Cannot bundle {source}: {fault.Message}");
        }
        return false;
    }

    /// <summary>Whoever reads the bundle meanwhile (a daemon that launches it) sees the old one or the new one, never a part.</summary>
    private static void Replace(string path, byte[] content)
    {
        string part = path + ".part";
        File.WriteAllBytes(part, content);
        File.Move(part, path, overwrite: true);
    }
}
