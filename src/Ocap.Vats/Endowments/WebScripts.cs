using System.Collections.Concurrent;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Endowments;

/// <summary>
/// The parts of the web's interfaces that are better said in JavaScript: scripts of ours, evaluated in the vat's engine before its code, when a name needs
/// them. Each is a function of its natives, of other scripts, and of the global; what it needs of the global it takes at once, before the vat could change it.
/// </summary>
internal sealed class WebScripts(Jint.Engine engine)
{
    private static readonly ConcurrentDictionary<string, Prepared<Script>> Parsed = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ObjectInstance> _exports = new(StringComparer.Ordinal);

    /// <summary>What a script exports; it is run when it is first asked for.</summary>
    internal ObjectInstance Use(string name, Action<NativeTable>? natives = null)
    {
        if (_exports.TryGetValue(name, out ObjectInstance? exports))
        {
            return exports;
        }

        var table = new NativeTable(engine);
        natives?.Invoke(table);
        var use = new JsObject(engine);
        foreach ((string other, ObjectInstance value) in _exports)
        {
            use.CreateDataProperty(other, value);
        }

        JsValue script = engine.Evaluate(Parsed.GetOrAdd(name, static name => Jint.Engine.PrepareScript(Source(name), name + ".js", strict: true)));
        exports = (ObjectInstance)script.Call(JsValue.Undefined, [table.Functions, use, engine.Global]);
        _exports.Add(name, exports);
        return exports;
    }

    private static string Source(string name)
    {
        using Stream stream = typeof(WebScripts).Assembly.GetManifestResourceStream($"Ocap.Vats.{name}.js")
            ?? throw new InvalidOperationException($"The script {name}.js is not in the executable.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
