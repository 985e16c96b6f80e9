using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// <c>text.replace(expression, (match, group = "none") =&gt; …)</c>: a group that took no part is undefined. The engine's general way of replacing keeps groups as strings,
/// and gave the function an empty one.
/// </summary>
internal static class UnmatchedGroups
{
    internal static void BeUndefined(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.RegExp.RegExpPrototype"), "Replace");
        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        Instruction[] empty = [.. method.Body.Instructions.Where(static each => each is { OpCode.Code: Code.Ldstr, Operand: "" } && each.Previous.Previous.Operand is MethodReference { Name: "IsUndefined" })];
        Instruction[] given = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "op_Implicit", Parameters: [{ ParameterType.MetadataType: MetadataType.String }] }
            && each.Previous is { OpCode.Code: Code.Ldloc } read && WasCurrent(read))];
        if (empty is not [{ Next.OpCode.Code: Code.Br } none] || given is not [var made]
            || method.Body.Instructions.LastOrDefault(static each => each.Operand is MethodReference { Name: "get_Count", DeclaringType: GenericInstanceType { GenericArguments: [{ MetadataType: MetadataType.String }] } }) is not { } count
            || Functional(count) is not { } functional)
        {
            throw new UnknownEngineException("Matches are replaced in an unknown way.");
        }

        // A group of nothing is null for a function, "" for a text.
        Instruction undefined = code.Create(OpCodes.Ldnull), end = none.Next;
        code.Before(end, [code.Create(OpCodes.Brtrue, undefined), code.Create(OpCodes.Ldstr, ""), code.Create(OpCodes.Br, (Instruction)end.Operand), undefined]);
        (none.OpCode, none.Operand) = (OpCodes.Ldloc, functional);

        // (JsValue)group becomes group ?? Undefined.
        Instruction known = code.Create(OpCodes.Call, (MethodReference)made.Operand), next = made.Next;
        code.Before(next, [code.Create(OpCodes.Brtrue, known), code.Create(OpCodes.Pop), code.Create(OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsValue"), "Undefined")), code.Create(OpCodes.Br, next), known]);
        (made.OpCode, made.Operand) = (OpCodes.Dup, null);
        method.Body.OptimizeMacros();
    }

    // foreach (string capture in captures): what was read is the enumerator's.
    private static bool WasCurrent(Instruction read)
    {
        Instruction? at = read.Previous;
        while (at is not null && !(at.OpCode.Code == Code.Stloc && at.Operand == read.Operand))
        {
            at = at.Previous;
        }

        return at?.Previous.Operand is MethodReference { Name: "get_Current" };
    }

    // if (functionalReplace) { … new JsValue[captures.Count + 3 …
    private static VariableDefinition? Functional(Instruction count)
    {
        Instruction? at = count;
        while (at is not null && !(at.OpCode.Code == Code.Brfalse && at.Previous.OpCode.Code == Code.Ldloc))
        {
            at = at.Previous;
        }

        return at?.Previous.Operand as VariableDefinition;
    }
}
