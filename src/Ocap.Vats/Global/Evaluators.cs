using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Global;

/// <summary>
/// The vat's own <c>eval</c> and <c>Function</c>. Both work, in the vat's global, always strict, and never in a local scope: a call written as
/// <c>eval(x)</c> is an indirect one. (SES refuses that form; a vat loses nothing by its being harmless.)
/// </summary>
internal sealed class Evaluators(Jint.Engine engine, VatHost host, VatLimits limits)
{
    // A directive makes declarations local to the text; the value after it keeps the directive from being the text's value.
    private const string StrictPrologue = "'use strict';void 0;";

    internal void Install(IntrinsicTable intrinsics)
    {
        intrinsics.Global.Hidden("eval", Natives.Function(engine, "eval", 1, (_, arguments) => Eval(arguments.At(0))));
        var function = new VatFunctionConstructor(engine, this, intrinsics["Function.prototype"]);
        intrinsics.Global.Hidden("Function", function);
        intrinsics["%UniqueFunction%"] = function;
        InstallInert(intrinsics);
    }

    private JsValue Eval(JsValue source)
    {
        if (!source.IsString()) return source;
        var text = Checked(source.AsString());
        return Compiled(() => engine.Intrinsics.Eval.Call(StrictPrologue + text));
    }

    internal ObjectInstance MakeFunction(JsValue[] arguments)
    {
        var parameters = string.Join(',', arguments.SkipLast(1).Select(TypeConverter.ToString));
        var body = arguments.Length > 0 ? TypeConverter.ToString(arguments[^1]) : "";
        Checked(parameters + body);
        // The engine checks parameters and body apart from each other, so that neither can close the other's bracket.
        return Compiled(() => engine.Intrinsics.Function.Construct([parameters, body], engine.Intrinsics.Function));
    }

    private string Checked(string text) =>
        text.Length <= limits.SourceLength ? text : throw Natives.TypeError(engine, $"Source text longer than {limits.SourceLength} characters");

    private T Compiled<T>(Func<T> compile)
    {
        host.AllowCompiling();
        try
        {
            return compile();
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or ScriptPreparationException)
        {
            // The throw is below, when the stack has been unwound: there is next to none left here.
        }
        throw new JavaScriptException((Jint.Native.Error.ErrorConstructor)engine.Global.Object("RangeError"), "Maximum call stack size exceeded: the code is nested too deeply");
    }

    private void InstallInert(IntrinsicTable intrinsics)
    {
        const string refusal = "Function.prototype.constructor is not a valid constructor.";
        var function = Inert("Function", "Function.prototype", null);
        Inert("GeneratorFunction", "%GeneratorFunction.prototype%", function);
        Inert("AsyncFunction", "%AsyncFunction.prototype%", function);
        Inert("AsyncGeneratorFunction", "%AsyncGeneratorFunction.prototype%", function);

        InertConstructor Inert(string name, string prototype, ObjectInstance? parent)
        {
            var inert = new InertConstructor(engine, name, 0, intrinsics[prototype], refusal);
            if (parent is not null) inert.Prototype = parent;
            intrinsics[prototype].Define("constructor", new PropertyDescriptor { Value = inert });
            intrinsics[$"%Inert{name}%"] = inert;
            return inert;
        }
    }
}

/// <summary>The vat's <c>Function</c>.</summary>
internal sealed class VatFunctionConstructor : Constructor
{
    private readonly Evaluators _evaluators;

    internal VatFunctionConstructor(Jint.Engine engine, Evaluators evaluators, ObjectInstance prototype) : base(engine, "Function")
    {
        _evaluators = evaluators;
        Prototype = prototype;
        _length = new PropertyDescriptor(1, writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(prototype, PropertyFlag.AllForbidden);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => _evaluators.MakeFunction(arguments);

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => _evaluators.MakeFunction(arguments);
}
