using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// What is to be called has to be callable, even if there is nothing to call it for: <c>find</c>, <c>some</c> and their like of an array-like without elements, and
/// <c>every</c> of an empty typed array, did not look at it.
/// </summary>
internal static class Callbacks
{
    internal static void BeCallable(ModuleDefinition module)
    {
        // callbackfn.GetCallable(_engine.Realm); this.GetCallable(callbackFn)
        Ask(Weaver.Method(Weaver.Type(module, "Jint.Native.Object.ObjectInstance"), "FindWithCallback"), 4);
        Ask(Weaver.Method(Weaver.Type(module, "Jint.Native.TypedArray.IntrinsicTypedArrayPrototype"), "Every"), 2);
    }

    /// <summary>Asks also before it returns because there is nothing: <c>if (length == 0) return …;</c> is what stands in front.</summary>
    private static void Ask(MethodDefinition method, int operands)
    {
        method.Body.SimplifyMacros();
        Instruction[] asked = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "GetCallable" })];
        if (asked is not [var call])
        {
            throw new UnknownEngineException($"{method.FullName} calls in an unknown way.");
        }

        var question = new List<Instruction> { call };
        while (question.Count <= operands)
        {
            question.Insert(0, question[0].Previous);
        }

        Instruction[] ifAny = [.. method.Body.Instructions.Where(each => each.OpCode == OpCodes.Brtrue && each.Operand == question[0])];
        if (ifAny is not [var branch] || branch.Offset > call.Offset || question.Any(static each => each.Operand is VariableDefinition))
        {
            throw new UnknownEngineException($"{method.FullName} does nothing in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.After(branch, [.. question.Select(each => code.Same(each)), code.Create(OpCodes.Pop)]);
        method.Body.OptimizeMacros();
    }
}
