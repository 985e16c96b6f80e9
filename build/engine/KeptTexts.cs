using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// <c>text += more()</c> appends to what <c>text</c> was before <c>more</c> ran. A text that <c>+=</c> made is appended to in place, and was taken as it was afterwards:
/// when <c>more</c> had appended to the same variable, that was there twice or not at all, and when it had given the variable another value, that stayed.
/// </summary>
internal static class KeptTexts
{
    internal static void Keep(ModuleDefinition module)
    {
        TypeDefinition assignment = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintAssignmentExpression");
        var type = new TypeDefinition("Jint.Runtime", "KeptTexts", TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(type);
        MethodDefinition length = Length(module), asItWas = AsItWas(module);
        type.Methods.Add(length);
        type.Methods.Add(asItWas);
        foreach (string name in (string[])["EvaluateMaterialized", "TryCompoundSlotValue"])
        {
            Around(Weaver.Method(assignment, name), length, asItWas);
        }
    }

    // var rval = _right.GetValue(context); … var value = ComputeCompound(context, left, rval, ref wasMutatedInPlace); and now, around the first: int length = Length(left);
    // and left = AsItWas(left, length); and after the second: wasMutatedInPlace = false; so that the variable is given the value.
    private static void Around(MethodDefinition method, MethodDefinition length, MethodDefinition asItWas)
    {
        method.Body.SimplifyMacros();
        Instruction[] computed = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ComputeCompound" })];
        if (computed is not [{ Previous: { OpCode.Code: Code.Ldloca, Operand: VariableDefinition flag, Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition right, Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition left } } } } call]
            || call.Next is not { OpCode.Code: Code.Stloc } value)
        {
            throw new UnknownEngineException($"{method.Name} computes in an unknown way.");
        }

        Instruction[] stored = [.. method.Body.Instructions.Where(each => each.OpCode.Code == Code.Stloc && each.Operand == right && each.Previous.Operand is MethodReference { Name: "GetValue" })];
        if (stored is not [{ Previous: { Previous: { OpCode.Code: Code.Ldarg, Previous: { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_right" }, Previous: { OpCode.Code: Code.Ldarg } first } } } } given])
        {
            throw new UnknownEngineException($"{method.Name} evaluates its right side in an unknown way.");
        }

        var was = new VariableDefinition(length.ReturnType);
        method.Body.Variables.Add(was);
        ILProcessor code = method.Body.GetILProcessor();

        // Whoever jumps to the right side's evaluation meets this first.
        Instruction self = code.Create(OpCodes.Ldarg, method.Body.ThisParameter);
        (first.OpCode, first.Operand) = (OpCodes.Ldloc, left);
        code.After(first, [code.Create(OpCodes.Call, length), code.Create(OpCodes.Stloc, was), self]);
        code.After(given, [code.Create(OpCodes.Ldloc, left), code.Create(OpCodes.Ldloc, was), code.Create(OpCodes.Call, asItWas), code.Create(OpCodes.Stloc, left)]);
        code.After(value, [code.Create(OpCodes.Ldc_I4, 0), code.Create(OpCodes.Stloc, flag)]);
        method.Body.OptimizeMacros();
    }

    // static int Length(JsValue value) => value is ConcatenatedString text ? text.Length : -1;
    private static MethodDefinition Length(ModuleDefinition module)
    {
        TypeDefinition text = Weaver.Type(module, "Jint.Native.JsString/ConcatenatedString");
        MethodDefinition method = new("Length", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Int32);
        method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, Weaver.Type(module, "Jint.Native.JsValue")));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction other = code.Create(OpCodes.Ldc_I4_M1);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Isinst, text),
            code.Create(OpCodes.Brfalse, other),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Castclass, text),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Native.JsString"), "get_Length")),
            code.Create(OpCodes.Ret),
            other,
            code.Create(OpCodes.Ret),
        ]);

        return method;
    }

    // static JsValue AsItWas(JsValue value, int length) => length < 0 || text.Length == length ? value : new JsString(value.ToString().Substring(0, length));
    private static MethodDefinition AsItWas(ModuleDefinition module)
    {
        TypeDefinition text = Weaver.Type(module, "Jint.Native.JsString");
        MethodDefinition made = text.Methods.SingleOrDefault(static each => each is { IsConstructor: true, IsStatic: false, Parameters: [{ ParameterType.MetadataType: MetadataType.String }] })
            ?? throw new UnknownEngineException("Texts are made in an unknown way.");
        MethodDefinition method = new("AsItWas", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, Weaver.Type(module, "Jint.Native.JsValue"));
        method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, method.ReturnType));
        method.Parameters.Add(new ParameterDefinition("length", ParameterAttributes.None, module.TypeSystem.Int32));
        var part = new MethodReference("Substring", module.TypeSystem.String, module.TypeSystem.String) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Int32), new ParameterDefinition(module.TypeSystem.Int32) } };
        var whole = new MethodReference("ToString", module.TypeSystem.String, module.TypeSystem.Object) { HasThis = true };
        ILProcessor code = method.Body.GetILProcessor();
        Instruction same = code.Create(OpCodes.Ldarg_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldc_I4_0),
            code.Create(OpCodes.Blt, same),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Castclass, text),
            code.Create(OpCodes.Callvirt, Weaver.Method(text, "get_Length")),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Beq, same),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, whole),
            code.Create(OpCodes.Ldc_I4_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, part),
            code.Create(OpCodes.Newobj, made),
            code.Create(OpCodes.Ret),
            same,
            code.Create(OpCodes.Ret),
        ]);

        return method;
    }
}
