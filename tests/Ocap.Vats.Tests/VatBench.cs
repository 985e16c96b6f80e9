using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests;

/// <summary>A sealed vat engine on a thread of its own, with the stack that a vat has. Every use is bounded in time.</summary>
internal static class VatBench
{
    // A collection is charged to the vat that it came upon, and here it has the heaps of all tests to go through.
    private static readonly VatLimits Patient = VatLimits.Default with { CpuPerCrank = TimeSpan.FromSeconds(30) };

    internal static T Run<T>(Func<VatEngine, T> use, VatLimits? limits = null, List<string>? console = null)
    {
        limits ??= Patient;
        ExceptionDispatchInfo? failure = null;
        T result = default!;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using var vat = new VatEngine(limits, (level, text) => console?.Add($"{level}: {text}"));
                    vat.Seal();
                    vat.BeginCrank();
                    try
                    {
                        result = use(vat);
                    }
                    finally
                    {
                        vat.EndCrank();
                    }
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            limits.ThreadStackBytes);
        thread.IsBackground = true;
        thread.Start();
        if (!thread.Join(TimeSpan.FromSeconds(60))) throw new TimeoutException("The vat did not come back.");
        failure?.Throw();
        return result;
    }

    /// <summary>The value of an expression, as text; a throw reads <c>Name: message</c>.</summary>
    internal static string Value(string expression, VatLimits? limits = null, List<string>? console = null) =>
        Run(vat => Show(vat, () => vat.Evaluate(expression)), limits, console);

    /// <summary>Which limit ends an expression, or the value it had.</summary>
    internal static string Ending(string expression, VatLimits? limits = null) => Run(
        vat =>
        {
            try
            {
                return Show(vat, () =>
                {
                    var value = vat.Evaluate(expression);
                    vat.Drain();
                    return value;
                });
            }
            catch (Exception e) when (VatLimitException.From(e) is { } limit)
            {
                return limit.Code;
            }
        },
        limits);

    internal static JsValue Evaluate(this VatEngine vat, string expression) =>
        vat.EvaluateBundle($"{expression.Length}:{expression}", $"var __vatExports__ = ({expression})");

    internal static string Show(VatEngine vat, Func<JsValue> make)
    {
        try
        {
            var value = make();
            return value is Jint.Native.Object.ObjectInstance ? vat.Engine.Intrinsics.Object.Get("prototype").Get("toString").Call(value).ToString() : value.ToString();
        }
        catch (JavaScriptException thrown)
        {
            return TypeConverter.ToString(thrown.Error);
        }
    }

    internal static TimeSpan Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed;
    }
}
