using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A class whose heritage waits waits: <c>made(class extends (await base()) {})</c> went on to make a class that extends nothing, before the answer had come.
/// </summary>
internal static class ClassHeritage
{
    // var superclass = ….GetValue(context); engine.UpdateLexicalEnvironment(env); and now: if (context.IsSuspended()) return JsValue.Undefined;
    internal static void Wait(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.Function.ClassDefinition"), "BuildConstructorCore");
        method.Body.SimplifyMacros();
        Instruction[] evaluated = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "GetValue" } && Before(each, "Build") && After(each) is { OpCode.Code: Code.Ldloc })];
        if (evaluated is not [var value] || After(value) is not { } next || method.Body.ExceptionHandlers.Any(handler => handler.TryStart.Offset <= next.Offset && next.Offset < handler.TryEnd.Offset))
        {
            throw new UnknownEngineException("The heritage of a class is evaluated in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "IsSuspended")),
            code.Create(OpCodes.Brfalse, next),
            code.Create(OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsValue"), "Undefined")),
            code.Create(OpCodes.Ret),
        ])
        {
            code.InsertBefore(next, added);
        }

        method.Body.OptimizeMacros();
    }

    // JintExpression.Build(…) stands before GetValue(context), which takes one argument.
    private static bool Before(Instruction value, string name) => value.Previous?.Previous?.Operand is MethodReference called && called.Name == name;

    // What follows on the scope's being restored.
    private static Instruction? After(Instruction value)
    {
        Instruction? at = value.Next;
        for (int i = 0; i < 6 && at is not null && at.Operand is not MethodReference { Name: "UpdateLexicalEnvironment" }; i++)
        {
            at = at.Next;
        }

        return at?.Operand is MethodReference { Name: "UpdateLexicalEnvironment" } ? at.Next : null;
    }
}
