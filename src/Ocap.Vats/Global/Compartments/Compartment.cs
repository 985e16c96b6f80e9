using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Ocap.Vats.Global.Compartments;

/// <summary>An instance of <c>Compartment</c>: a global object of its own over the shared, frozen intrinsics, and a way to run code in it.</summary>
internal sealed class Compartment : ObjectInstance
{
    private readonly JsValue[] _transforms;
    private readonly Evaluators _evaluators;
    private CompartmentEvaluator? _strict;

    internal Compartment(Evaluators evaluators, string name, ObjectInstance globalThis, JsValue[] transforms) : base(globalThis.Engine)
    {
        _evaluators = evaluators;
        _transforms = transforms;
        Name = name;
        GlobalThis = globalThis;
    }

    internal string Name { get; }

    internal ObjectInstance GlobalThis { get; }

    /// <summary>What the compartment's own <c>eval</c> and <c>Function</c> do with a text.</summary>
    internal JsValue Evaluate(string source)
    {
        _strict ??= new CompartmentEvaluator(_evaluators, GlobalThis, definesUndeclared: false);
        return _strict.Run(_evaluators.Permitted(Transformed(source, _transforms)));
    }

    /// <summary>Evaluates with the options of <c>Compartment.prototype.evaluate</c>.</summary>
    internal JsValue Evaluate(string source, ObjectInstance? options)
    {
        if (options is null)
        {
            SourceRules.RefuseDirectEval(_evaluators.Intrinsics, source);
            return Evaluate(source);
        }
        source = Transformed(source, CompartmentConstructor.Elements(options.Get("transforms")));
        if (Is("__evadeHtmlCommentTest__", fallback: false)) source = SourceRules.EvadeHtmlComments(source);
        if (Is("__evadeImportExpressionTest__", fallback: false)) source = SourceRules.EvadeImports(source);
        if (Is("__rejectSomeDirectEvalExpressions__", fallback: true)) SourceRules.RefuseDirectEval(_evaluators.Intrinsics, source);
        if (!Is("sloppyGlobalsMode", fallback: false)) return Evaluate(source);
        return new CompartmentEvaluator(_evaluators, GlobalThis, definesUndeclared: true).Run(_evaluators.Permitted(Transformed(source, _transforms)));

        bool Is(string option, bool fallback)
        {
            var value = options.Get(option);
            return value.IsUndefined() ? fallback : value.IsBoolean() && value.AsBoolean();
        }
    }

    private string Transformed(string source, JsValue[] transforms)
    {
        foreach (var transform in transforms)
        {
            if (!transform.IsCallable()) throw Natives.TypeError(Engine, "transform is not a function");
            source = TypeConverter.ToString(transform.Call(Undefined, [source]));
        }
        return source;
    }
}
