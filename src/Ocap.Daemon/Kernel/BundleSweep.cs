using System.Buffers;
using Ocap.Kernel.Store;

namespace Ocap.Daemon.Kernel;

/// <summary>
/// Deletes the kept bundles that no vat uses, and drafts that a crash left. Only before the kernel begins: later a bundle may be there for a vat that is being
/// launched and not stored yet. Files of other names are not its own and stay.
/// </summary>
internal static class BundleSweep
{
    private const string VatBundlePrefix = "vatBundle.";
    private const string Extension = ".bundle";
    private const string DraftExtension = ".bundle.new";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Sweeps <paramref name="directory"/>, if there is one. What cannot be deleted is told to <paramref name="warn"/> and stays.</summary>
    internal static void Run(string directory, IKernelStore store, Action<string> warn)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        HashSet<string> used = new(store.Scan(VatBundlePrefix).Select(static row => row.Value), StringComparer.Ordinal);
        try
        {
            foreach (string path in Directory.EnumerateFiles(directory))
            {
                if (IsUnused(Path.GetFileName(path), used))
                {
                    File.Delete(path);
                }
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            warn($"Bundles that no vat uses could not be deleted from {directory}: {refused.Message}");
        }
    }

    private static bool IsUnused(string name, HashSet<string> used) =>
        name.EndsWith(DraftExtension, StringComparison.Ordinal) ? IsHash(name.AsSpan()[..^DraftExtension.Length])
        : name.EndsWith(Extension, StringComparison.Ordinal) && IsHash(name.AsSpan()[..^Extension.Length]) && !used.Contains(name[..^Extension.Length]);

    /// <summary>SHA-256, as bundles are named.</summary>
    private static bool IsHash(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(HexDigits);
}
