using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global.Compartments;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>eval</c> and <c>Function</c>, a pair for each global. Both work, in their global, always strict, and never in a local scope: a call written as
/// <c>eval(x)</c> is an indirect one. (SES refuses a bundle with that form; a vat loses nothing by its being harmless.)
/// </summary>
internal sealed class Evaluators(IntrinsicTable intrinsics, VatHost host, VatLimits limits)
{
    // A directive makes declarations local to the text; the value after it keeps the directive from being the text's value.
    private const string StrictPrologue = "'use strict';void 0;";

    private readonly Jint.Engine _engine = intrinsics.Global.Engine;

    internal IntrinsicTable Intrinsics => intrinsics;

    internal void Install()
    {
        intrinsics.Global.Hidden("eval", MakeEval(Evaluate));
        var function = MakeFunctionConstructor(Evaluate);
        intrinsics.Global.Hidden("Function", function);
        intrinsics["%UniqueFunction%"] = function;
        InstallInert();

        JsValue Evaluate(string source) => Compiled(() => _engine.Intrinsics.Eval.Call(StrictPrologue + WithoutHashbang(Permitted(source))));
    }

    // A text may begin with #!, which is a comment there; behind the prologue it has to be one of the other kind.
    private static string WithoutHashbang(string source) => source.StartsWith("#!", StringComparison.Ordinal) ? string.Concat("//", source.AsSpan(2)) : source;

    internal ObjectInstance MakeEval(Func<string, JsValue> evaluate) =>
        Natives.Function(_engine, "eval", 1, (_, arguments) => arguments.At(0) is JsString source ? evaluate(source.AsString()) : arguments.At(0));

    internal ObjectInstance MakeFunctionConstructor(Func<string, JsValue> evaluate) => new GlobalFunctionConstructor(_engine, arguments => MakeFunction(arguments, evaluate));

    /// <summary>The text, unless it is one that is not to be evaluated.</summary>
    internal string Permitted(string source)
    {
        CheckLength(source.Length);
        SourceRules.RefuseHtmlComments(intrinsics, source);
        SourceRules.RefuseImports(intrinsics, source);
        return source;
    }

    /// <summary>Does something that makes code from text, once.</summary>
    internal T Compiled<T>(Func<T> compile)
    {
        host.AllowCompiling();
        CrankBudget.BeginText();
        try
        {
            return compile();
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or ScriptPreparationException)
        {
            // The throw is below, when the stack has been unwound: there is next to none left here.
        }
        finally
        {
            host.ForbidCompiling();
        }
        throw intrinsics.Error("RangeError", "Maximum call stack size exceeded: the code is nested too deeply");
    }

    private ObjectInstance MakeFunction(JsValue[] arguments, Func<string, JsValue> evaluate)
    {
        var body = arguments is [.., var last] && TypeConverter.ToBoolean(last) ? TypeConverter.ToString(last) : "";
        var texts = new string[Math.Max(0, arguments.Length - 1)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = arguments[i].IsUndefined() || arguments[i].IsNull() ? "" : TypeConverter.ToString(arguments[i]);
        }
        var parameters = string.Join(',', texts);
        CheckLength(parameters.Length + body.Length);
        // Each must be right by itself, so that neither can close the other's bracket.
        Compiled(() => _engine.Intrinsics.Function.Construct([parameters, ""], _engine.Intrinsics.Function));
        Compiled(() => _engine.Intrinsics.Function.Construct([body], _engine.Intrinsics.Function));
        return (ObjectInstance)evaluate($"(function anonymous({parameters}\n) {{\n{body}\n}})");
    }

    private void CheckLength(int length)
    {
        if (length > limits.SourceLength) throw Natives.TypeError(_engine, $"Source text longer than {limits.SourceLength} characters");
    }

    private void InstallInert()
    {
        const string refusal = "Function.prototype.constructor is not a valid constructor.";
        var function = Inert("Function", "Function.prototype", null);
        Inert("GeneratorFunction", "%GeneratorFunction.prototype%", function);
        Inert("AsyncFunction", "%AsyncFunction.prototype%", function);
        Inert("AsyncGeneratorFunction", "%AsyncGeneratorFunction.prototype%", function);

        InertConstructor Inert(string name, string prototype, ObjectInstance? parent)
        {
            var inert = new InertConstructor(_engine, name, 0, intrinsics[prototype], refusal);
            if (parent is not null) inert.Prototype = parent;
            intrinsics[prototype].Define("constructor", new PropertyDescriptor { Value = inert });
            intrinsics[$"%Inert{name}%"] = inert;
            return inert;
        }
    }
}

/// <summary>The <c>Function</c> of one global.</summary>
internal sealed class GlobalFunctionConstructor : Constructor
{
    private readonly Func<JsValue[], ObjectInstance> _make;

    internal GlobalFunctionConstructor(Jint.Engine engine, Func<JsValue[], ObjectInstance> make) : base(engine, "Function")
    {
        _make = make;
        var prototype = engine.Intrinsics.Function.Object("prototype");
        Prototype = prototype;
        _length = new PropertyDescriptor(1, writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(prototype, PropertyFlag.AllForbidden);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => _make(arguments);

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => _make(arguments);
}
