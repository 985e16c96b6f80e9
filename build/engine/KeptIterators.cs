using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// An array pattern in which something waits goes on where it was, with the item that it had taken: the engine began it again, so that <c>[a = await b, c] = items</c>
/// took more items than there are names, and assigned what it had assigned. Which patterns wait is noted at their nodes; they take from an iterator even where an
/// array could be read without one.
/// </summary>
internal static class KeptIterators
{
    internal static void Keep(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.DestructuringPatternAssignmentExpression");
        TypeDefinition data = Weaver.Type(module, "Jint.Runtime.DestructuringSuspendData");
        MethodDefinition method = Weaver.Method(type, "HandleArrayPattern");
        method.Body.SimplifyMacros();
        Instruction? Called(string name) => method.Body.Instructions.FirstOrDefault(each => each.Operand is MethodReference called && called.Name == name);
        if (Called("get_IsResuming") is not { Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition suspendable } }
            || Called("TryGet") is not { Previous: { OpCode.Code: Code.Ldloca, Operand: VariableDefinition kept } }
            || Called("get_IsArrayLike") is not { Previous: { OpCode.Code: Code.Ldloc } asked, Next: { OpCode.Code: Code.Brfalse, Operand: Instruction iterated } }
            || Called("get_Item") is not { Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition index, Previous: { OpCode.Code: Code.Ldloc } top } }
            || Called("StepElision") is not { Previous: { OpCode.Code: Code.Ldloca, Operand: VariableDefinition done } }
            || Called("get_ExecutionContext") is not { Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition engine }, Operand: MethodReference current }
            || method.Body.Instructions.FirstOrDefault(each => each.OpCode.Code == Code.Stloc && each.Operand == suspendable) is not { } chosen
            || method.Body.ExceptionHandlers.Select(static each => each.TryStart).MinBy(static each => each.Offset) is not { Previous: { OpCode.Code: Code.Stloc } begun } tried || begun.Operand != index
            || method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "StepValue" }).ToArray() is not { Length: 4 } steps)
        {
            throw new UnknownEngineException("Array patterns are gone through in an unknown way.");
        }

        MethodReference[] note = [.. module.GetMemberReferences().OfType<MethodReference>().Where(static each => each is { Name: "get_UserData", DeclaringType.FullName: "Acornima.Ast.Node" })];
        if (note.Length != 1) throw new UnknownEngineException("Nodes are noted at in an unknown way.");
        var at = new FieldDefinition("Index", FieldAttributes.Assembly, module.TypeSystem.UInt32);
        data.Fields.Add(at);
        MethodDefinition step = Step(module, data, (MethodReference)steps[0].Operand);
        type.Methods.Add(step);
        ILProcessor code = method.Body.GetILProcessor();

        // suspendable = pattern.UserData is string ? engine.ExecutionContext.Suspendable : …, for it was never an async function.
        code.Before(chosen,
        [
            .. Noted(),
            code.Create(OpCodes.Brfalse, chosen),
            code.Create(OpCodes.Pop),
            code.Create(OpCodes.Ldloc, engine),
            code.Create(OpCodes.Callvirt, current),
            code.Create(OpCodes.Call, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext"), "get_Suspendable")),
        ]);

        // if (pattern.UserData is not string && value.IsArrayLike …), for whoever jumps there.
        Instruction array = code.Create(asked.OpCode, (VariableDefinition)asked.Operand);
        Instruction[] noted = Noted();
        (asked.OpCode, asked.Operand) = (noted[0].OpCode, noted[0].Operand);
        code.After(asked, [.. noted[1..], code.Create(OpCodes.Brtrue, iterated), array]);

        // if (kept != null) (index, done) = (kept.Index, kept.Done);
        code.After(begun,
        [
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Brfalse, tried),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldfld, at),
            code.Create(OpCodes.Stloc, index),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "get_Done")),
            code.Create(OpCodes.Stloc, done),
        ]);

        // At each element: if (kept != null) (kept.Index, kept.Done) = (index, done);
        Instruction element = code.Create(OpCodes.Ldloc, (VariableDefinition)top.Operand);
        top.Operand = kept;
        code.After(top,
        [
            code.Create(OpCodes.Brfalse, element),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldloc, index),
            code.Create(OpCodes.Stfld, at),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldloc, done),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "set_Done")),
            element,
        ]);

        foreach (Instruction each in steps)
        {
            code.Before(each, [code.Create(OpCodes.Ldloc, kept), code.Create(OpCodes.Ldloc, index)]);
            each.Operand = step;
        }

        method.Body.OptimizeMacros();

        Instruction[] Noted() => [code.Create(OpCodes.Ldarg, method.Parameters[1]), code.Create(OpCodes.Callvirt, note[0]), code.Create(OpCodes.Isinst, module.TypeSystem.String)];
    }

    /// <summary>
    /// <code>
    /// static JsValue StepKept(IteratorInstance iterator, ref bool done, DestructuringSuspendData? kept, uint index)
    /// {
    ///     if (kept == null) return StepValue(iterator, ref done);
    ///     if (kept.Taken == index + 1) return kept.Value;
    ///     kept.Value = StepValue(iterator, ref done);
    ///     kept.Taken = index + 1;
    ///     kept.Done = done;
    ///     return kept.Value;
    /// }
    /// </code>
    /// </summary>
    private static MethodDefinition Step(ModuleDefinition module, TypeDefinition data, MethodReference step)
    {
        var value = new FieldDefinition("Value", FieldAttributes.Assembly, step.ReturnType);
        var taken = new FieldDefinition("Taken", FieldAttributes.Assembly, module.TypeSystem.UInt32);
        data.Fields.Add(value);
        data.Fields.Add(taken);
        var method = new MethodDefinition("StepKept", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig, step.ReturnType);
        foreach (TypeReference each in (TypeReference[])[step.Parameters[0].ParameterType, step.Parameters[1].ParameterType, data, module.TypeSystem.UInt32])
        {
            method.Parameters.Add(new ParameterDefinition(each));
        }

        ILProcessor code = method.Body.GetILProcessor();
        Instruction known = code.Create(OpCodes.Ldarg_2), next = code.Create(OpCodes.Ldarg_2), end = code.Create(OpCodes.Ldarg_2);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Brtrue, known),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Call, step),
            code.Create(OpCodes.Ret),
            known,
            code.Create(OpCodes.Ldfld, taken),
            code.Create(OpCodes.Ldarg_3),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Beq, end),
            next,
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Call, step),
            code.Create(OpCodes.Stfld, value),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Ldarg_3),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Stfld, taken),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldind_U1),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "set_Done")),
            end,
            code.Create(OpCodes.Ldfld, value),
            code.Create(OpCodes.Ret),
        ]);

        return method;
    }
}
