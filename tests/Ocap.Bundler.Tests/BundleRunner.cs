using System.Text.Json;

namespace Ocap.Bundler.Tests;

/// <summary>Evaluates bundles in Node the way the reference's loader does.</summary>
internal static class BundleRunner
{
    /// <summary>The code inside a <c>.bundle</c>, after checking the object around it.</summary>
    public static async Task<string> CodeOf(BundleResult result)
    {
        using var bundle = JsonDocument.Parse(result.Bytes);
        JsonElement root = bundle.RootElement;
        await Assert.That(root.EnumerateObject().Select(p => p.Name)).IsEquivalentTo(["moduleFormat", "code", "exports", "external", "ocapPlaces"]);
        await Assert.That(root.GetProperty("moduleFormat").GetString()).IsEqualTo("iife");
        await Assert.That(root.GetProperty("external").GetArrayLength()).IsEqualTo(0);
        string code = root.GetProperty("code").GetString()!;
        await Assert.That(code).StartsWith("var __vatExports__");
        return code;
    }

    /// <summary>Prints what evaluating the bundle prints, then what <paramref name="then"/> prints, in which <c>vat</c> is the namespace.</summary>
    public static async Task<string> RunAsync(SourceTree tree, BundleResult result, string setUp = "", string then = "")
    {
        string code = await CodeOf(result);
        string script = Path.Combine(tree.Root, "__run.cjs");
        // The source is sloppy script text, as in the reference; only the bundle itself makes it strict.
        await File.WriteAllTextAsync(script, $"{setUp}\nconst vat = (0, eval)('(function() {{' + {JsonSerializer.Serialize(code)} + '\\n; return __vatExports__; }})()');\n{then}\n");
        return await NodeProcess.RunAsync(tree.Root, script);
    }
}
