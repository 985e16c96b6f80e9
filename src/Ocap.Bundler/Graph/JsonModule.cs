using System.Text.Json;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Graph;

/// <summary>JSON as a module: a default export and, as bundlers have it, one for each key. They are not part of its namespace object.</summary>
internal static class JsonModule
{
    public static void Declare(Module module)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var parsed = JsonDocument.Parse(module.Text, new JsonDocumentOptions { MaxDepth = 1000 });
            keys.UnionWith(parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.EnumerateObject().Select(p => p.Name) : []);
        }
        catch (JsonException e)
        {
            throw module.Error(IndexOf(module.Text, e), "This is not valid JSON.");
        }
        const string name = "*default*";
        ModuleContents contents = module.Contents;
        var value = new Binding(module, module.BaseName + "_default", BindingKind.DefaultValue);
        contents.TopLevel.Add(name, value);
        contents.Exports.Add("default", new ExportEntry(name, -1, 0));
        contents.Globals.Add("JSON");
        foreach (string key in keys.Where(k => k is not "default"))
        {
            module.FoundExports.Add(key, new Binding(module, key, BindingKind.Member) { Holder = value });
        }
    }

    // The position comes in UTF-8 bytes of a line.
    private static int? IndexOf(string text, JsonException e)
    {
        if (e.LineNumber is not { } line || e.BytePositionInLine is not { } bytes)
        {
            return null;
        }
        int index = 0;
        for (; line > 0 && text.IndexOf('\n', index) is var end and >= 0; line--)
        {
            index = end + 1;
        }
        for (; bytes > 0 && index < text.Length; index++)
        {
            bytes -= text[index] < 0x80 ? 1 : text[index] < 0x800 || char.IsSurrogate(text[index]) ? 2 : 3;
        }
        return index;
    }
}
