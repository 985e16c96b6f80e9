using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A stack trace has the 100 innermost calls, and so has what is looked at to word an error. Each error kept, printed and looked at all of them: where calls nest
/// thousands deep and each throws an error of its own, that took seconds.
/// </summary>
internal static class TraceLength
{
    private const int Most = 100;

    internal static void Bound(ModuleDefinition module)
    {
        TypeDefinition stack = Weaver.Type(module, "Jint.Runtime.CallStack.JintCallStack");
        Keep(module, Weaver.Method(stack, "SnapshotFrames"));
        Print(module, stack.Methods.SingleOrDefault(static method => method is { Name: "BuildCallStackString", IsStatic: true }) ?? throw new UnknownEngineException("Nothing prints a stack trace."));
        Look(module, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Debugger.DebugCallStack"), ".ctor"));
    }

    // count frames are copied from the outermost on: now those from max(0, count - most) on, and one more than are printed, for its place.
    private static void Keep(ModuleDefinition module, MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        Instruction[] all = [.. method.Body.Instructions];
        Instruction make = all.Single(static each => each.OpCode == OpCodes.Newarr).Previous;
        Instruction copy = all.Single(static each => each.Operand is MethodReference { Name: "Copy" });
        if (make.OpCode != OpCodes.Ldloc || copy.Previous.OpCode != OpCodes.Ldloc || copy.Previous.Operand != make.Operand
            || all[Array.IndexOf(all, copy) - 4] is not { OpCode.Code: Code.Ldc_I4, Operand: 0 } first)
        {
            throw new UnknownEngineException("The frames of an error are kept in an unknown way.");
        }

        var count = (VariableDefinition)make.Operand;
        var start = new VariableDefinition(module.TypeSystem.Int32);
        method.Body.Variables.Add(start);
        ILProcessor code = method.Body.GetILProcessor();

        // The branch that leads here leads to the first of what is put in.
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Ldc_I4, Most + 1),
            code.Create(OpCodes.Sub),
            code.Create(OpCodes.Ldc_I4_0),
            code.Create(OpCodes.Call, OfMath(module, "Max")),
            code.Create(OpCodes.Stloc, start),
            code.Create(OpCodes.Ldloc, count),
            code.Create(OpCodes.Ldloc, start),
            code.Create(OpCodes.Sub),
            code.Create(OpCodes.Stloc, count),
            code.Create(OpCodes.Ldloc, count),
        ])
        {
            code.InsertBefore(make.Next, added);
            make = added;
        }

        (first.OpCode, first.Operand) = (OpCodes.Ldloc, start);
        method.Body.OptimizeMacros();
    }

    // while (index >= -1) becomes while (index >= max(-1, frameCount - most)).
    private static void Print(ModuleDefinition module, MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        Instruction[] ends = [.. method.Body.Instructions.Where(static each => each is { OpCode.Code: Code.Ldc_I4, Operand: -1, Next.OpCode.Code: Code.Bge })];
        if (ends is not [var end])
        {
            throw new UnknownEngineException("The frames of a stack trace are printed in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Call, OfMath(module, "Max")),
            code.Create(OpCodes.Sub),
            code.Create(OpCodes.Ldc_I4, Most),
            code.Create(OpCodes.Ldarg, method.Parameters[3]),
        ])
        {
            code.InsertAfter(end, added);
        }

        method.Body.OptimizeMacros();
    }

    // while (frames.MoveNext()) becomes while (frames.MoveNext() & _stack.Count < most), and room is made for no more.
    private static void Look(ModuleDefinition module, MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        Instruction[] all = [.. method.Body.Instructions];
        Instruction move = all.Single(static each => each.Operand is MethodReference { Name: "MoveNext" });
        Instruction count = all.Single(static each => each.Operand is MethodReference { Name: "get_Count" });
        Instruction list = all.First(static each => each is { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_stack" } });
        TypeReference frames = ((FieldReference)list.Operand).FieldType;
        ILProcessor code = method.Body.GetILProcessor();
        code.InsertAfter(count, code.Create(OpCodes.Call, OfMath(module, "Min")));
        code.InsertAfter(count, code.Create(OpCodes.Ldc_I4, Most));
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.And),
            code.Create(OpCodes.Clt),
            code.Create(OpCodes.Ldc_I4, Most),
            code.Create(OpCodes.Callvirt, new MethodReference("get_Count", module.TypeSystem.Int32, frames) { HasThis = true }),
            code.Create(OpCodes.Ldfld, (FieldReference)list.Operand),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
        ])
        {
            code.InsertAfter(move, added);
        }

        method.Body.OptimizeMacros();
    }

    private static MethodReference OfMath(ModuleDefinition module, string name)
    {
        var method = new MethodReference(name, module.TypeSystem.Int32, new TypeReference("System", "Math", module, module.TypeSystem.CoreLibrary));
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        return method;
    }
}
