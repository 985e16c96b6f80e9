using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Lets the host say where a vat's stack ends, and looks at that in each call; and lets a function's code nest 2 000 levels, not 256 (a sum of 300 terms did not
/// parse). The engine asked the runtime for 64 KB, and its host every 64 statements: sixty calls of a deeply nested function went far past a limit of the host's.
/// </summary>
internal static class StackDepth
{
    private const int Levels = 2_000;
    private const int LevelsBefore = 256;

    /// <summary><c>public nint DeepestStack</c> of an engine: the address below which no function is entered, but a RangeError thrown. 0: none.</summary>
    internal static void Bound(ModuleDefinition module)
    {
        TypeDefinition engine = Weaver.Type(module, "Jint.Engine");
        var deepest = new FieldDefinition("DeepestStack", FieldAttributes.Public, module.TypeSystem.IntPtr);
        engine.Fields.Add(deepest);

        // if ((nuint)(&here) >= (nuint)_engine.DeepestStack) return; throw …
        TypeDefinition guard = Weaver.Type(module, "Jint.Runtime.CallStack.StackGuard");
        MethodDefinition probe = Weaver.Method(guard, "ProbeStackHeadroom");
        probe.Body = new MethodBody(probe) { InitLocals = true };
        probe.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Byte));
        ILProcessor code = probe.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldloca, probe.Body.Variables[0]);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, Weaver.Field(guard, "_engine"));
        code.Emit(OpCodes.Ldfld, deepest);
        code.Emit(OpCodes.Bge_Un, end);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, Weaver.Method(guard, "ThrowMaximumCallStackSizeExceeded"));
        code.Append(end);
        probe.Body.OptimizeMacros();

        Instruction[] bounds = [.. Weaver.Method(Weaver.Type(module, "Jint.HoistingScope/ScriptWalker"), "Visit").Body.Instructions.Where(static load => load.OpCode == OpCodes.Ldc_I4 && load.Operand is LevelsBefore)];
        if (bounds.Length != 2)
        {
            throw new UnknownEngineException($"The levels that a function may nest are named {bounds.Length} times, where 2 are known.");
        }

        foreach (Instruction bound in bounds)
        {
            bound.Operand = Levels;
        }
    }
}
