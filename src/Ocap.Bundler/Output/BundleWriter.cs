using System.Text;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Output;

/// <summary>
/// Writes all modules into one function: each module's statements in evaluation order, under names that do not clash. One scope gives what ES modules promise
/// at no cost: live bindings, functions callable before their module ran, an error for what is read too early.
/// </summary>
internal static class BundleWriter
{
    public static string Write(LinkedModules linked)
    {
        var dynamicImports = new DynamicImportNames(linked.Names);
        var bodies = new StringBuilder();
        foreach (Module module in linked.Modules)
        {
            string body = new ModuleWriter(module, linked.Imports[module], dynamicImports).Write();
            if (body.Length > 0)
            {
                bodies.Append(body).Append('\n');
            }
        }

        var code = new StringBuilder("var __vatExports__ = (function () {\n\"use strict\";\n");
        dynamicImports.Declare(code);
        WriteFunctionNames(code, linked);
        foreach (var (module, members) in linked.Namespaces)
        {
            WriteNamespace(code, module.Namespace.FinalName, members);
        }
        code.Append(bodies).Append("return {");
        foreach (var (name, binding) in linked.EntryExports)
        {
            code.Append(' ').Append(JsText.Key(name)).Append(": ").Append(binding.FinalName).Append(',');
        }
        string text = code.Append(" };\n})();").ToString();

        // Every known way to such a text is closed where it arises. Should one be left, a sentence here is better than a vat that does not load.
        if (SesPatterns.FirstIn(text) is { } refused)
        {
            int start = Math.Max(0, refused.Index - 40);
            string near = text.Substring(start, Math.Min(100, text.Length - start)).ReplaceLineEndings(" ");
            throw new BundleException(linked.Modules[^1].DisplayName, null, $"The bundle would contain \"{refused.Value}\", which vats refuse, near: {near}", []);
        }
        return text;
    }

    // A function declaration's name is what follows `function`; where that had to change, `name` is set back.
    private static void WriteFunctionNames(StringBuilder code, LinkedModules linked)
    {
        string? helper = null;
        foreach (Binding binding in linked.Modules.SelectMany(m => m.Contents.TopLevel.Values))
        {
            string name = binding.OwnName ?? binding.Name;
            if (binding.Kind != BindingKind.Function || string.Equals(binding.FinalName, name, StringComparison.Ordinal))
            {
                continue;
            }
            if (helper is null)
            {
                helper = linked.Names.Fresh("__named");
                code.Append("const ").Append(helper).Append(" = (value, name) => Object.defineProperty(value, \"name\", { value: name, configurable: true });\n");
            }
            code.Append(helper).Append('(').Append(binding.FinalName).Append(", ").Append(JsText.Quote(name)).Append(");\n");
        }
    }

    private static void WriteNamespace(StringBuilder code, string name, SortedDictionary<string, Binding> members)
    {
        code.Append("const ").Append(name).Append(" = Object.freeze(Object.create(null, {\n");
        foreach (var (member, binding) in members)
        {
            code.Append("  ").Append(JsText.Key(member)).Append(": { enumerable: true, get: () => ").Append(binding.FinalName).Append(" },\n");
        }
        code.Append("  [Symbol.toStringTag]: { value: \"Module\" },\n}));\n");
    }
}
