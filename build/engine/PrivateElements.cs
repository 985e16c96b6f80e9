using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A class may give private members to an object that takes no new properties, as it may in Node: <c>class extends Hardened { #x = 1 }</c>, where the base's constructor
/// hardens what it makes. The engine follows a younger rule, by which it may not.
/// </summary>
internal static class PrivateElements
{
    internal static void BeForAll(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Native.Object.ObjectInstance");
        foreach (string name in (string[])["PrivateFieldAdd", "PrivateMethodOrAccessorAdd"])
        {
            MethodDefinition method = Weaver.Method(type, name);
            method.Body.SimplifyMacros();
            Instruction[] asked = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "get_Extensible" })];
            if (asked is not [{ Next.OpCode.Code: Code.Brtrue } extensible])
            {
                throw new UnknownEngineException($"{method.FullName} asks whether the object is extensible in an unknown way.");
            }

            // Whatever it is.
            (extensible.OpCode, extensible.Operand) = (OpCodes.Pop, null);
            method.Body.GetILProcessor().After(extensible, [Instruction.Create(OpCodes.Ldc_I4_1)]);
            method.Body.OptimizeMacros();
        }
    }
}
