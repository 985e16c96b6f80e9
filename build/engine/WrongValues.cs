using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>Where the engine answers something else than the language says, and one instruction makes it right.</summary>
internal static class WrongValues
{
    internal static void Correct(ModuleDefinition module)
    {
        TextOfAView(module);
        ArrayOfAnArray(module);
    }

    // toHex and toBase64 of a part of a buffer gave the buffer's first bytes: they read from 0, where the view begins at _byteOffset.
    private static void TextOfAView(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.TypedArray.Uint8ArrayPrototype"), "GetUint8ArrayBytes");
        Instruction start = One(method, static each => each.OpCode == OpCodes.Ldc_I4_0);
        method.Body.GetILProcessor().InsertAfter(start, Instruction.Create(OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsTypedArray"), "_byteOffset")));
        start.OpCode = OpCodes.Ldarg_1;
    }

    // new Array([1]) was a copy of the array, not an array of one: the branch for arrays is not taken.
    private static void ArrayOfAnArray(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Type(module, "Jint.Native.Array.ArrayConstructor").Methods.SingleOrDefault(static method => method is { Name: "Construct", Parameters: { Count: 3 } parameters }
            && parameters[1].ParameterType.MetadataType == MetadataType.UInt64) ?? throw new UnknownEngineException("Arrays are constructed in an unknown way.");
        Instruction branch = One(method, static each => each is { OpCode.Code: Code.Isinst, Operand: TypeReference { Name: "JsArray" } }).Next.Next.Next;
        if (branch.OpCode.FlowControl != FlowControl.Cond_Branch)
        {
            throw new UnknownEngineException("An array of an array is constructed in an unknown way.");
        }

        (branch.OpCode, branch.Operand) = (OpCodes.Pop, null);
    }

    private static Instruction One(MethodDefinition method, Func<Instruction, bool> condition) =>
        method.Body.Instructions.Where(condition).ToArray() is [var one] ? one : throw new UnknownEngineException($"{method.FullName} is not what it was.");
}
