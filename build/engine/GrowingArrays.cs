using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// An array that cannot be extended, or whose length cannot change, does not grow by <c>push</c> or <c>unshift</c>: their fast ways did not ask. Those that are frozen,
/// which is both, have been refused there all along.
/// </summary>
internal static class GrowingArrays
{
    internal static void BeExtensible(ModuleDefinition module)
    {
        TypeDefinition prototype = Weaver.Type(module, "Jint.Native.Array.ArrayPrototype"), array = Weaver.Type(module, "Jint.Native.Array.ArrayInstance");
        MethodDefinition extensible = Weaver.Method(Weaver.Type(module, "Jint.Native.Object.ObjectInstance"), "get_Extensible"), writable = Weaver.Method(array, "get_LengthIsWritable");
        writable.IsAssembly = true;
        foreach (string name in (string[])["Push", "Unshift"])
        {
            Instruction[] asked = [.. prototype.Methods.Where(method => method.Name == name).SelectMany(static method => method.Body.Instructions).Where(static each => each.Operand is MethodReference { Name: "get_CanUseFastAccess" })];
            if (asked is not [var fast] || fast.Next is not { Operand: Instruction other } || fast.Next.OpCode.Code is not (Code.Brfalse or Code.Brfalse_S))
            {
                throw new UnknownEngineException($"{name} is fast in an unknown way.");
            }

            MethodDefinition method = prototype.Methods.Single(method => method.HasBody && method.Body.Instructions.Contains(fast));
            method.Body.SimplifyMacros();
            VariableDefinition target = (VariableDefinition)fast.Previous.Operand;
            ILProcessor code = method.Body.GetILProcessor();
            code.After(fast.Next,
            [
                code.Create(OpCodes.Ldloc, target),
                code.Create(OpCodes.Callvirt, extensible),
                code.Create(OpCodes.Ldloc, target),
                code.Create(OpCodes.Call, writable),
                code.Create(OpCodes.Bne_Un, other),
            ]);

            method.Body.OptimizeMacros();
        }
    }
}
