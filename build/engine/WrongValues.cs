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
        BigIntOfNothing(module);
        ObjectOfAnyPrimitive(module);
        LoopOverConstant(module);
        IntegersOfLargeNumbers(module);
        GroupsOfNaN(module);
        DigitsOfLargeNumbers(module);
    }

    // String(2 ** 60) had all digits of it, not those that are needed: what has no fraction was written as an integer of 63 bits, and not only below 2^53.
    private static void DigitsOfLargeNumbers(ModuleDefinition module)
    {
        const double Exact = 9007199254740992;
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.TypeConverter"), "CanBeStringifiedAsLong");
        Instruction least = One(method, static each => each is { OpCode.Code: Code.Ldc_R8, Operand: < -1e18 }), most = One(method, static each => each is { OpCode.Code: Code.Ldc_R8, Operand: > 1e18 });
        (least.Operand, most.Operand) = (-Exact, Exact);
    }

    // new Int32Array([1e19]) was [-1]: what is beyond 63 bits became the largest of them. Those who ask take 32 bits of the answer at most, and of these there is another method.
    private static void IntegersOfLargeNumbers(ModuleDefinition module)
    {
        TypeDefinition converter = Weaver.Type(module, "Jint.Runtime.TypeConverter");
        MethodDefinition integer = converter.Methods.SingleOrDefault(static method => method is { Name: "ToInt32", Parameters: [{ ParameterType.MetadataType: MetadataType.Double }] })
            ?? throw new UnknownEngineException("No method makes 32 bits of a number.");
        foreach (MethodDefinition method in (MethodDefinition[])
        [
            Weaver.Method(converter, "ToInt8"),
            Weaver.Method(converter, "ToUint8"),
            Weaver.Method(converter, "ToInt16"),
            Weaver.Method(Weaver.Type(module, "Jint.Native.JsArrayBuffer"), "DoubleToInt64"),
        ])
        {
            Instruction made = One(method, static each => each.OpCode == OpCodes.Conv_I8 && each.Previous.OpCode != OpCodes.Ldc_I4_0);
            method.Body.GetILProcessor().InsertBefore(made, Instruction.Create(OpCodes.Call, integer));
        }
    }

    // Map.groupBy took each NaN for another key, and kept the last.
    private static void GroupsOfNaN(ModuleDefinition module)
    {
        TypeDefinition comparer = Weaver.Type(module, "Jint.Native.SameValueZeroComparer");
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.GroupByHelper"), "GroupBy");
        Instruction made = One(method, static each =>
            each.OpCode == OpCodes.Newobj && each.Operand is MethodReference { Parameters.Count: 0, DeclaringType: GenericInstanceType { Name: "Dictionary`2" } });
        var dictionary = (GenericInstanceType)((MethodReference)made.Operand).DeclaringType;
        if (comparer.Interfaces is not [{ InterfaceType: GenericInstanceType { Name: "IEqualityComparer`1" } compares }])
        {
            throw new UnknownEngineException("Keys of maps are compared in an unknown way.");
        }

        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, dictionary) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(new GenericInstanceType(compares.ElementType) { GenericArguments = { dictionary.ElementType.GenericParameters[0] } }));
        (made.OpCode, made.Operand) = (OpCodes.Ldsfld, Weaver.Field(comparer, "Instance"));
        method.Body.GetILProcessor().InsertAfter(made, Instruction.Create(OpCodes.Newobj, constructor));
    }

    // for (constant of list) gave the constant another value: a name that is not declared there was initialized anew. The branch that does is not taken.
    private static void LoopOverConstant(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintForInForOfStatement"), "BodyEvaluation");
        Instruction type = One(method, static each => each.Operand is MethodReference { Name: "get_Type" } && each.Previous.Operand is FieldReference { Name: "_leftNode" });
        if (type.Next is not { OpCode.Code: Code.Ldc_I4_S } name || name.Next is not { OpCode.Code: Code.Bne_Un_S or Code.Bne_Un } branch)
        {
            throw new UnknownEngineException("A loop assigns to a name in an unknown way.");
        }

        (name.OpCode, name.Operand) = (OpCodes.Pop, null);
        branch.OpCode = OpCodes.Br;
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

    // BigInt() was 0n: it has no case of its own any more, and undefined is no BigInt.
    private static void BigIntOfNothing(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.BigInt.BigIntConstructor"), "Call");
        Instruction branch = One(method, static each => each.Operand is Instruction && each.Previous.OpCode == OpCodes.Ldlen);
        method.Body.GetILProcessor().InsertAfter(branch, Instruction.Create(OpCodes.Br, (Instruction)branch.Operand));
        (branch.OpCode, branch.Operand) = (OpCodes.Pop, null);
    }

    // new Object(1n) and new Object(symbol) were empty objects: of the primitives, only null and undefined are.
    private static void ObjectOfAnyPrimitive(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Type(module, "Jint.Native.Object.ObjectConstructor").Methods.SingleOrDefault(static method => method is { Name: "Construct", Parameters.Count: 2 })
            ?? throw new UnknownEngineException("Objects are constructed in an unknown way.");
        TypeDefinition types = Weaver.Type(module, "Jint.Runtime.Types");
        int nothing = (int)Weaver.Field(types, "Null").Constant | (int)Weaver.Field(types, "Undefined").Constant;

        // if (type == String || type == Number || type == Boolean): the first comparison with a type becomes (type & nothing) == 0, and is enough.
        Instruction first = method.Body.Instructions.FirstOrDefault(static each => each.Operand is MethodReference { Name: "get_Type" })?.Next.Next ?? throw new UnknownEngineException("new Object asks for no type.");
        if (first is not { OpCode.Code: Code.Ldloc_2, Next: { OpCode.Code: Code.Ldc_I4_4, Next.OpCode.Code: Code.Beq_S } })
        {
            throw new UnknownEngineException("new Object asks for types in an unknown way.");
        }

        Instruction compared = first.Next, isOne = compared.Next;
        method.Body.GetILProcessor().InsertAfter(compared, Instruction.Create(OpCodes.And));
        (compared.OpCode, compared.Operand) = (OpCodes.Ldc_I4, nothing);
        isOne.OpCode = OpCodes.Brfalse;
    }

    private static Instruction One(MethodDefinition method, Func<Instruction, bool> condition) =>
        method.Body.Instructions.Where(condition).ToArray() is [var one] ? one : throw new UnknownEngineException($"{method.FullName} is not what it was.");
}
