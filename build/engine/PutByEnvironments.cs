using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Empties the environment that a function keeps for its next call, or a loop for its next time, when it is put by, not when it is taken again: until then it held what
/// the last call was given, or the last item.
/// </summary>
internal static class PutByEnvironments
{
    internal static void Empty(ModuleDefinition module)
    {
        TypeDefinition function = Weaver.Type(module, "Jint.Native.Function.ScriptFunction");
        MethodDefinition putBy = function.Methods.SingleOrDefault(static method => method.Name == "ReturnEnvironment") ?? throw new UnknownEngineException("Environments are not put by.");
        MethodDefinition reset = Weaver.Type(module, "Jint.Runtime.Environments.FunctionEnvironment").Methods.SingleOrDefault(static method => method.Name == "Reset")
            ?? throw new UnknownEngineException("Environments are not reset.");
        Begin(putBy,
        [
            (OpCodes.Ldarg_1, null), (OpCodes.Ldarg_0, null), (OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsValue"), "Undefined")),
            (OpCodes.Ldarg_0, null), (OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, "Jint.Native.Function.Function"), "_environment")), (OpCodes.Call, reset),
        ]);
        OfLoops(module);
    }

    // Interlocked.Exchange(ref _cachedLoopEnv, scope), before which: scope._outerEnv = null; ResetSlots(scope._slots, _loopSlotTemplates).
    private static void OfLoops(ModuleDefinition module)
    {
        TypeDefinition loop = Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintForStatement");
        MethodDefinition method = Weaver.Method(loop, "ExecuteInternal");
        method.Body.SimplifyMacros();
        Instruction[] puts = [.. method.Body.Instructions.Where(static each => each is { OpCode.Code: Code.Ldflda, Operand: FieldReference { Name: "_cachedLoopEnv" }, Next.OpCode.Code: Code.Ldloc })];
        Instruction[] resets = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ResetSlots", HasThis: false, Parameters.Count: 2 })];
        if (puts is not [{ Previous.OpCode.Code: Code.Ldarg } put] || resets is not [var reset, ..])
        {
            throw new UnknownEngineException("The scopes of loops are put by in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        var scope = (VariableDefinition)put.Next.Operand;
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Ldloc, scope),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Stfld, Weaver.Field(Weaver.Type(module, "Jint.Runtime.Environments.Environment"), "_outerEnv")),
            code.Create(OpCodes.Ldloc, scope),
            code.Create(OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, "Jint.Runtime.Environments.DeclarativeEnvironment"), "_slots")),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldfld, Weaver.Field(loop, "_loopSlotTemplates")),
            code.Create(OpCodes.Call, (MethodReference)reset.Operand),
        ])
        {
            code.InsertBefore(put.Previous, added);
        }

        method.Body.OptimizeMacros();
    }

    /// <summary>Puts instructions before all others of a method.</summary>
    private static void Begin(MethodDefinition method, (OpCode Code, object? Operand)[] instructions)
    {
        ILProcessor body = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0];
        foreach ((OpCode code, object? operand) in instructions)
        {
            body.InsertBefore(first, operand switch
            {
                null => body.Create(code),
                FieldReference field => body.Create(code, field),
                MethodReference called => body.Create(code, called),
                _ => throw new ArgumentException($"Not known: {operand}", nameof(instructions)),
            });
        }
    }
}
