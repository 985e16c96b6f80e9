using System.Globalization;

namespace Ocap.Cli.Bundling;

/// <summary>Writes a bundle so that whoever reads it meanwhile (a daemon that launches it, a web server) sees the old one or the new one, never a part.</summary>
internal static class BundleFile
{
    internal static void Replace(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.part");
        try
        {
            File.WriteAllBytes(part, content);
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
