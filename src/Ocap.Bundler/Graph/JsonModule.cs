using System.Text.Json;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Graph;

/// <summary>JSON as a module: one default export.</summary>
internal static class JsonModule
{
    public static void Declare(Module module)
    {
        try
        {
            using var parsed = JsonDocument.Parse(module.Text, new JsonDocumentOptions { MaxDepth = 1000 });
        }
        catch (JsonException e)
        {
            throw module.Error(IndexOf(module.Text, e), "This is not valid JSON.");
        }
        const string name = "*default*";
        ModuleContents contents = module.Contents;
        contents.TopLevel.Add(name, new Binding(module, module.BaseName + "_default", BindingKind.DefaultValue));
        contents.Exports.Add("default", new ExportEntry(name, -1, 0));
        contents.Globals.Add("JSON");
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
