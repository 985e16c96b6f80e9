using System.Text;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Places;
using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Output;

/// <summary>
/// Writes all modules into one function: each module's statements in evaluation order, under names that do not clash. One scope gives what ES modules promise
/// at no cost: live bindings, functions callable before their module ran, an error for what is read too early. CommonJS, and what it requires, comes before it,
/// each module in a function that runs when it is first asked for.
/// </summary>
internal sealed class BundleWriter
{
    private readonly LinkedModules _linked;
    private readonly BundleHelpers _helpers;
    private readonly NamespaceWriter _namespaces;
    private readonly HashSet<Module> _done = [];
    private readonly List<(StringBuilder Into, ModulePart Part)> _parts = [];
    private readonly HashSet<Binding> _shared = [];

    private BundleWriter(LinkedModules linked)
    {
        _linked = linked;
        _helpers = new BundleHelpers(linked.Names);
        _namespaces = new NamespaceWriter(_helpers);
    }

    public static BundleCode Write(LinkedModules linked) => new BundleWriter(linked).Write();

    private BundleCode Write()
    {
        var head = new StringBuilder();
        var body = new StringBuilder();
        Module[] live = [.. _linked.Modules.Where(m => m.IsLive)];
        foreach (Module module in live.Where(m => m.IsHoisted))
        {
            WriteFunctionNames(head, module);
        }
        DeclareShared(head, live);
        foreach (Module module in live)
        {
            WriteAhead(head, module);
        }
        Evaluate(_linked.Entry, body);

        var code = new StringBuilder("var __vatExports__ = (function () {\n\"use strict\";\n");
        _helpers.Declare(code);
        int headAt = code.Length;
        code.Append(head).Append(body);
        string text = code.Append("return ").Append(EntryExports()).Append(";\n})();").ToString();

        // Every known way to such a text is closed where it arises. Should one be left, a sentence here is better than a vat that does not load.
        if (SesPatterns.FirstIn(text) is { } refused)
        {
            int start = Math.Max(0, refused.Index - 40);
            string near = text.Substring(start, Math.Min(100, text.Length - start)).ReplaceLineEndings(" ");
            throw new BundleException(_linked.Entry.DisplayName, null, $"The bundle would contain \"{refused.Value}\", which vats refuse, near: {near}", []);
        }
        return new BundleCode(text, [.. _parts.Select(p => Shifted(p.Part, p.Into == head ? headAt : headAt + head.Length)).OrderBy(p => p.Start)]);
    }

    private static ModulePart Shifted(ModulePart part, int by) =>
        part with { Start = part.Start + by, End = part.End + by, Runs = [.. part.Runs.Select(run => run with { Target = run.Target + by })] };

    // What CommonJS exports is used through the re-exports of others: where modules have scopes of their own, its names must be in a scope around them all.
    private void DeclareShared(StringBuilder head, Module[] live)
    {
        if (Array.Exists(live, m => m.IsWrapped))
        {
            foreach (var (binding, _) in live.SelectMany(m => m.Interop.Namespaces).Where(n => n.Binding.IsLive))
            {
                _shared.Add(binding);
                head.Append("let ").Append(binding.FinalName).Append(";\n");
            }
        }
    }

    // What must be there before the first statement runs.
    private void WriteAhead(StringBuilder head, Module module)
    {
        if (module.HasNamespace)
        {
            _namespaces.Declare(head, module);
        }
        if (module.Kind == ModuleKind.Json)
        {
            AppendLine(head, ModuleWriter.Json(module));
        }
        else if (!module.IsHoisted)
        {
            string opening = module.Kind == ModuleKind.CommonJs ? $"{_helpers[BundleHelpers.CommonJs]}(function (exports, module) {{" : $"{_helpers[BundleHelpers.Esm]}(function* () {{";
            head.Append("const ").Append(module.Starter.FinalName).Append(" = ").Append(opening).Append('\n');
            if (module.Kind == ModuleKind.Esm)
            {
                WriteFunctionNames(head, module);
                _namespaces.Fill(head, module);
                head.Append("yield;\n");
                foreach (Module? dependency in module.Dependencies.Distinct())
                {
                    Start(head, dependency!);
                }
                _namespaces.FillUnknown(head, module);
            }
            AppendModule(head, module);
            head.Append("});\n");
        }
    }

    // Depth first, as JavaScript evaluates modules: what is imported before what imports it.
    private void Evaluate(Module entry, StringBuilder body)
    {
        var open = new Stack<(Module Module, int Next)>();
        Open(entry);
        while (open.TryPop(out var top))
        {
            if (top.Next < top.Module.Dependencies.Length)
            {
                open.Push((top.Module, top.Next + 1));
                Open(top.Module.Dependencies[top.Next]!);
            }
            else if (top.Module.IsLive)
            {
                _namespaces.FillUnknown(body, top.Module);
                AppendModule(body, top.Module);
            }
        }

        void Open(Module module)
        {
            if (module.Kind == ModuleKind.Json)
            {
                return;
            }
            if (!_done.Add(module))
            {
                return;
            }
            if (module.IsHoisted)
            {
                open.Push((module, 0));
            }
            else
            {
                Start(body, module);
            }
        }
    }

    /// <summary>Runs a module that has a scope of its own, unless it ran already, and names what it exports.</summary>
    private void Start(StringBuilder code, Module module)
    {
        if (!module.IsLive || module.IsHoisted)
        {
            return;
        }
        bool isNamed = false;
        foreach (var (binding, isNodeWay) in module.Interop.Namespaces.Where(n => n.Binding.IsLive))
        {
            isNamed = true;
            bool isShared = _shared.Contains(binding);
            code.Append(isShared ? "" : "const ").Append(binding.FinalName).Append(isShared ? " ??= " : " = ").Append(_helpers[BundleHelpers.ToEsm]).Append('(').Append(module.Starter.FinalName)
                .Append(isNodeWay ? "(), true);\n" : "());\n");
        }
        if (!isNamed)
        {
            code.Append(module.Starter.FinalName).Append("();\n");
        }
    }

    private string EntryExports()
    {
        if (!_linked.Entry.IsHoisted)
        {
            return _linked.Entry.Kind == ModuleKind.CommonJs ? _linked.Entry.Starter.FinalName + "()" : _linked.Entry.Namespace.FinalName;
        }
        var members = new StringBuilder("{");
        foreach (var (name, binding) in _linked.EntryExports)
        {
            members.Append(' ').Append(JsText.Key(name)).Append(": ").Append(BindingText.Of(binding, _linked.Entry)).Append(',');
        }
        return ExportResolver.Unknown(_linked.Entry).Aggregate(members.Append(" }").ToString(), (all, unknown) => _namespaces.WithUnknown(all, unknown));
    }

    // A function declaration's name is what follows `function`; where that had to change, `name` is set back.
    private void WriteFunctionNames(StringBuilder code, Module module)
    {
        foreach (Binding binding in module.Contents.TopLevel.Values)
        {
            string name = binding.OwnName ?? binding.Name;
            if (binding.Kind == BindingKind.Function && (binding.IsLive || module.IsWrapped) && !string.Equals(binding.FinalName, name, StringComparison.Ordinal))
            {
                code.Append(_helpers[BundleHelpers.Named]).Append('(').Append(binding.FinalName).Append(", ").Append(JsText.Quote(name)).Append(");\n");
            }
        }
    }

    private void AppendModule(StringBuilder code, Module module)
    {
        int start = code.Length;
        IReadOnlyList<Run> runs = new ModuleWriter(module, _linked, _helpers).Write(code);
        if (code.Length > start)
        {
            _parts.Add((code, new ModulePart(module, start, code.Length, runs)));
            code.Append('\n');
        }
    }

    private static void AppendLine(StringBuilder code, string text)
    {
        if (text.Length > 0)
        {
            code.Append(text).Append('\n');
        }
    }
}
