using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Places where the engine did not look whether what it had just evaluated waits, and went on with nothing: a class's heritage, so that
/// <c>made(class extends (await base()) {})</c> made a class that extends nothing; its keys, in functions that are no generators; and what is taken apart in the middle of
/// an expression, <c>f([a] = yield)</c>; and a pattern's keys and the patterns within it, after which the rest of the pattern was gone through.
/// </summary>
internal static class SeenSuspensions
{
    internal static void See(ModuleDefinition module)
    {
        Heritage(module);
        TakenApart(module);
        WithinPatterns(module);
        Keys(module);
    }

    // bool Suspended => Generator?._generatorState == SuspendedYield; and now: => IsSuspended, whatever kind of function it is.
    private static void Keys(ModuleDefinition module)
    {
        TypeDefinition context = Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext");
        MethodDefinition method = Weaver.Method(context, "get_Suspended");
        method.Body.Instructions.Clear();
        ILProcessor code = method.Body.GetILProcessor();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, Weaver.Method(context, "get_IsSuspended"));
        code.Emit(OpCodes.Ret);
    }

    // var rightValue = _right.GetValue(context); and now: if (context.IsSuspended()) return rightValue;
    private static void TakenApart(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.DestructuringPatternAssignmentExpression"), "EvaluateInternal");
        method.Body.SimplifyMacros();
        if (method.Body.Instructions.Where(static each => each.OpCode == OpCodes.Stloc).ToArray() is not [{ Operand: VariableDefinition value, Next: { } next } stored] || stored.Previous.Operand is not MethodReference { Name: "GetValue" })
        {
            throw new UnknownEngineException("What is taken apart is evaluated in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.Before(next,
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "IsSuspended")),
            code.Create(OpCodes.Brfalse, next),
            code.Create(OpCodes.Ldloc, value),
            code.Create(OpCodes.Ret),
        ]);

        method.Body.OptimizeMacros();
    }

    // sourceKey = ToPropertyKey(….GetValue(context)); ProcessPatterns(…); and now, behind GetValue and behind ProcessPatterns: if (context.IsSuspended()) return JsValue.Undefined;
    private static void WithinPatterns(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.DestructuringPatternAssignmentExpression"), "HandleObjectPattern");
        Instruction[] keys = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ToPropertyKey" })];
        Instruction[] within = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ProcessPatterns" })];
        if (keys is not [{ Previous.Operand: MethodReference { Name: "GetValue" } } key] || within.Length != 3 || within.Any(static each => each.Next.OpCode.Code != Code.Pop) || method.Body.HasExceptionHandlers)
        {
            throw new UnknownEngineException("Patterns are gone through in an unknown way.");
        }

        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        var value = new VariableDefinition(Weaver.Type(module, "Jint.Native.JsValue"));
        method.Body.Variables.Add(value);
        Instruction goOn = code.Create(OpCodes.Ldloc, value);
        code.Before(key, [code.Create(OpCodes.Stloc, value), .. Return(goOn), goOn]);
        foreach (Instruction each in within)
        {
            code.After(each.Next, Return(each.Next.Next));
        }

        method.Body.OptimizeMacros();

        Instruction[] Return(Instruction otherwise) =>
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "IsSuspended")),
            code.Create(OpCodes.Brfalse, otherwise),
            code.Create(OpCodes.Ldsfld, Weaver.Field(value.VariableType.Resolve(), "Undefined")),
            code.Create(OpCodes.Ret),
        ];
    }

    // var superclass = ….GetValue(context); engine.UpdateLexicalEnvironment(env); and now: if (context.IsSuspended()) return JsValue.Undefined;
    private static void Heritage(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.Function.ClassDefinition"), "BuildConstructorCore");
        method.Body.SimplifyMacros();
        Instruction[] evaluated = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "GetValue" } && Before(each, "Build") && After(each) is { OpCode.Code: Code.Ldloc })];
        if (evaluated is not [var value] || After(value) is not { } next || method.Body.ExceptionHandlers.Any(handler => handler.TryStart.Offset <= next.Offset && next.Offset < handler.TryEnd.Offset))
        {
            throw new UnknownEngineException("The heritage of a class is evaluated in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.Before(next,
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "IsSuspended")),
            code.Create(OpCodes.Brfalse, next),
            code.Create(OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsValue"), "Undefined")),
            code.Create(OpCodes.Ret),
        ]);

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
