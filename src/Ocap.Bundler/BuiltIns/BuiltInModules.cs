using System.Text;
using Ocap.Bundler.Graph;

namespace Ocap.Bundler.BuiltIns;

/// <summary>Small modules of our own that stand in for the packages every vat imports, so that a first vat needs no npm.</summary>
internal static class BuiltInModules
{
    private static readonly Dictionary<string, string> Resources = new(StringComparer.Ordinal)
    {
        ["@endo/eventual-send"] = "eventual-send.js",
        ["@endo/far"] = "far.js",
        ["@endo/promise-kit"] = "promise-kit.js",
        ["@metamask/kernel-utils/exo"] = "exo.js",
    };

    public static bool Has(string specifier) => Resources.ContainsKey(specifier);

    public static ModuleSource Read(string specifier)
    {
        string resource = Resources[specifier];
        using Stream stream = typeof(BuiltInModules).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The built-in module {resource} is missing from this build.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new ModuleSource("built-in:" + specifier, File: null, $"built-in {specifier}", reader.ReadToEnd()) { IsEsm = true };
    }
}
