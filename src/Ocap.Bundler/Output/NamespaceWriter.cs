using System.Text;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Output;

/// <summary>Writes modules' namespace objects. One whose members are known and in the bundle's scope is complete at once; others are filled when their module runs.</summary>
internal sealed class NamespaceWriter(BundleHelpers helpers)
{
    public void Declare(StringBuilder code, Module module)
    {
        code.Append("const ").Append(module.Namespace.FinalName).Append(" = ");
        if (!module.IsHoisted)
        {
            code.Append("Object.create(null);\n");
            return;
        }
        bool isComplete = ExportResolver.Unknown(module).Count == 0;
        code.Append(isComplete ? "Object.freeze(Object.create(null, {\n" : "Object.create(null, {\n");
        foreach (var (member, binding) in ExportResolver.All(module))
        {
            code.Append("  ").Append(JsText.Key(member)).Append(": { enumerable: true, get: () => ").Append(BindingText.Of(binding, module)).Append(" },\n");
        }
        code.Append("  [Symbol.toStringTag]: { value: \"Module\" },\n").Append(isComplete ? "}));\n" : "});\n");
    }

    /// <summary>Within the module's own scope, before its first statement.</summary>
    public void Fill(StringBuilder code, Module module)
    {
        string space = module.Namespace.FinalName;
        code.Append(helpers[BundleHelpers.Fill]).Append('(').Append(space).Append(", {");
        foreach (var (member, binding) in ExportResolver.All(module))
        {
            code.Append(' ').Append(JsText.Key(member)).Append(": () => ").Append(BindingText.Of(binding, module)).Append(',');
        }
        code.Append(" });\n");
        if (ExportResolver.Unknown(module).Count == 0)
        {
            code.Append("Object.freeze(").Append(space).Append(");\n");
        }
    }

    /// <summary>Adds what is known only now that the CommonJS modules behind <c>export *</c> ran.</summary>
    public void FillUnknown(StringBuilder code, Module module)
    {
        if (module.HasNamespace && ExportResolver.Unknown(module) is { Count: > 0 } unknown)
        {
            string filled = unknown.Aggregate(module.Namespace.FinalName, WithUnknown);
            code.Append("Object.freeze(").Append(filled).Append(");\n");
        }
    }

    public string WithUnknown(string target, Binding unknown) =>
        $"{helpers[BundleHelpers.Copy]}({target}, {unknown.FinalName}, (key) => key !== \"default\")";
}
