using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A <c>yield*</c> says each time it suspends that what stands before it is to be kept. It suspends any number of times, and its operand is evaluated once only, so no
/// expression in the program can say so: the names of the variables that do are noted at its node.
/// </summary>
internal static class DelegatedWaits
{
    internal static void Note(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintYieldExpression");
        MethodDefinition method = Weaver.Method(type, "EvaluateInternal");
        Instruction[] delegated = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "YieldDelegate" or "ContinueYieldDelegate" or "ContinueAsyncYieldDelegate" })];
        if (delegated.Length != 3 || delegated.Any(static each => each.Next.OpCode.Code != Code.Ret))
        {
            throw new UnknownEngineException("yield* goes on in an unknown way.");
        }

        MethodDefinition noted = Noted(module, type);
        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        foreach (Instruction each in delegated)
        {
            code.After(each, [code.Create(OpCodes.Ldarg, method.Body.ThisParameter), code.Create(OpCodes.Ldarg, method.Parameters[0]), code.Create(OpCodes.Call, noted)]);
        }

        method.Body.OptimizeMacros();
    }

    /// <summary>
    /// <code>
    /// static JsValue Noted(JsValue result, JintYieldExpression yielded, EvaluationContext context)
    /// {
    ///     string[]? names = yielded._expression.UserData as string[];
    ///     if (names == null || !context.IsSuspended()) return result;
    ///     for (int i = 0; i &lt; names.Length; i++) context.Engine.PutValue(context.Engine.ResolveBinding(names[i], null), JsBoolean.True);
    ///     return result;
    /// }
    /// </code>
    /// </summary>
    private static MethodDefinition Noted(ModuleDefinition module, TypeDefinition type)
    {
        TypeDefinition value = Weaver.Type(module, "Jint.Native.JsValue"), context = Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), engine = Weaver.Type(module, "Jint.Engine");
        FieldDefinition node = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintExpression"), "_expression"), current = Weaver.Field(context, "Engine");
        MethodReference[] data = [.. module.GetMemberReferences().OfType<MethodReference>().Where(static each => each is { Name: "get_UserData", DeclaringType.FullName: "Acornima.Ast.Node" })];
        ArrayType names = new(module.TypeSystem.String);
        MethodDefinition[] put = [.. engine.Methods.Where(static each => each is { Name: "PutValue", Parameters: [{ ParameterType.Name: "Reference" }, _] })];
        if (put.Length != 1 || data.Length != 1) throw new UnknownEngineException("Variables or nodes are given values in an unknown way.");
        var method = new MethodDefinition("Noted", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig, value);
        method.Parameters.Add(new ParameterDefinition("result", ParameterAttributes.None, value));
        method.Parameters.Add(new ParameterDefinition("yielded", ParameterAttributes.None, type));
        method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, context));
        method.Body.Variables.Add(new VariableDefinition(names));
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        method.Body.InitLocals = true;
        ILProcessor code = method.Body.GetILProcessor();
        Instruction next = code.Create(OpCodes.Ldloc_1), end = code.Create(OpCodes.Ldarg_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldfld, node),
            code.Create(OpCodes.Callvirt, data[0]),
            code.Create(OpCodes.Isinst, names),
            code.Create(OpCodes.Stloc_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Brfalse, end),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, Weaver.Method(context, "IsSuspended")),
            code.Create(OpCodes.Brfalse, end),
            next,
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Ldlen),
            code.Create(OpCodes.Conv_I4),
            code.Create(OpCodes.Bge, end),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Ldfld, current),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Ldfld, current),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Ldloc_1),
            code.Create(OpCodes.Ldelem_Ref),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Callvirt, Weaver.Method(engine, "ResolveBinding")),
            code.Create(OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsBoolean"), "True")),
            code.Create(OpCodes.Callvirt, put[0]),
            code.Create(OpCodes.Ldloc_1),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Stloc_1),
            code.Create(OpCodes.Br, next),
            end,
            code.Create(OpCodes.Ret),
        ]);

        type.Methods.Add(method);
        return method;
    }
}
