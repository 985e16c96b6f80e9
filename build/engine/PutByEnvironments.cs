using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// Empties the environment that a function keeps for its next call when it is put by, not when it is taken again: until then it held what the last call was given.
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
