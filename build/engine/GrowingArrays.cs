using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// An array that cannot be extended, or whose length cannot change, does not grow: the fast ways of <c>push</c>, <c>unshift</c>, <c>splice</c> and <c>shift</c> did not
/// ask, and the slow ones put elements where the length does not reach. <c>unshift</c> of nothing sets the length, and no element.
/// </summary>
internal static class GrowingArrays
{
    internal static void BeExtensible(ModuleDefinition module)
    {
        TypeDefinition prototype = Weaver.Type(module, "Jint.Native.Array.ArrayPrototype"), array = Weaver.Type(module, "Jint.Native.Array.ArrayInstance");
        MethodDefinition extensible = Weaver.Method(Weaver.Type(module, "Jint.Native.Object.ObjectInstance"), "get_Extensible"), writable = Weaver.Method(array, "get_LengthIsWritable");
        writable.IsAssembly = true;
        MethodDefinition growing = MayGrow(module, array, extensible, writable);

        // Those that are frozen, which is both, have been refused there all along, in these words, which are about an element: nothing has none.
        AskFirst(prototype, "Push", (code, target, other) =>
        [
            .. Count(code),
            code.Create(OpCodes.Brfalse, other),
            code.Create(OpCodes.Ldloc, target),
            code.Create(OpCodes.Callvirt, extensible),
            code.Create(OpCodes.Ldloc, target),
            code.Create(OpCodes.Call, writable),
            code.Create(OpCodes.Bne_Un, other),
        ]);

        foreach (string name in (string[])["Unshift", "Splice", "Shift"])
        {
            AskFirst(prototype, name, (code, target, other) => [code.Create(OpCodes.Ldloc, target), code.Create(OpCodes.Call, growing), code.Create(OpCodes.Brfalse, other)]);
        }

        NothingUnshifted(Weaver.Method(prototype, "Unshift"));
        AskWhenSet(module, growing);
        NameTheLength(Weaver.Method(array, "DefineLength"));
    }

    /// <summary>How many arguments there are, as the slow way asks.</summary>
    private static Instruction[] Count(ILProcessor code)
    {
        Instruction? asked = code.Body.Instructions.FirstOrDefault(static each => each.OpCode == OpCodes.Call && each.Operand is MethodReference { Name: "get_Length", DeclaringType.Name: "ReadOnlySpan`1" });
        return asked is { Operand: MethodReference length, Previous: { OpCode.Code: Code.Ldarga, Operand: ParameterDefinition arguments } }
            ? [code.Create(OpCodes.Ldarga, arguments), code.Create(OpCodes.Call, length)]
            : throw new UnknownEngineException("push counts in an unknown way.");
    }

    /// <summary><c>internal bool MayGrow() =&gt; Extensible &amp;&amp; LengthIsWritable;</c></summary>
    private static MethodDefinition MayGrow(ModuleDefinition module, TypeDefinition array, MethodDefinition extensible, MethodDefinition writable)
    {
        var growing = new MethodDefinition("MayGrow", MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Boolean);
        ILProcessor code = growing.Body.GetILProcessor();
        Instruction no = code.Create(OpCodes.Ldc_I4_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, extensible),
            code.Create(OpCodes.Brfalse, no),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Call, writable),
            code.Create(OpCodes.Ret),
            no,
            code.Create(OpCodes.Ret),
        ]);
        array.Methods.Add(growing);
        return growing;
    }

    // Behind if (array.CanUseFastAccess).
    private static void AskFirst(TypeDefinition prototype, string name, Func<ILProcessor, VariableDefinition, Instruction, Instruction[]> question)
    {
        MethodDefinition[] methods = [.. prototype.Methods.Where(method => method.Name == name && method.HasBody && method.Body.Instructions.Any(IsAboutSpeed))];
        if (methods is not [var method] || method.Body.Instructions.Where(IsAboutSpeed).ToArray() is not [var fast] || fast.Next is not { Operand: Instruction other } || fast.Next.OpCode.Code is not (Code.Brfalse or Code.Brfalse_S))
        {
            throw new UnknownEngineException($"{name} is fast in an unknown way.");
        }

        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        code.After(fast.Next, question(code, (VariableDefinition)fast.Previous.Operand, other));
        method.Body.OptimizeMacros();
    }

    private static bool IsAboutSpeed(Instruction each) => each.Operand is MethodReference { Name: "get_CanUseFastAccess" };

    // Where it finds that there is nothing to add, it goes to where it sets the length, past the loop that moved each element to where it was.
    private static void NothingUnshifted(MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        Instruction[] sets = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "SetLength", DeclaringType.Name: "ArrayOperations" })];
        object slow = method.Body.Instructions.First(IsAboutSpeed).Next.Operand;
        Instruction[] none = [.. method.Body.Instructions.Where(each => each is { OpCode.Code: Code.Ble_Un, Previous: { OpCode.Code: Code.Ldc_I4, Operand: 0 } } && each.Operand == slow)];
        if (sets is not [var set] || none is not [var branch])
        {
            throw new UnknownEngineException("unshift adds nothing in an unknown way.");
        }

        // operations.SetLength(length + count)
        Instruction start = set;
        while (start.OpCode != OpCodes.Ldloc || start.Operand is not VariableDefinition { VariableType.Name: "ArrayOperations" })
        {
            start = start.Previous;
        }

        branch.Operand = start;
        method.Body.OptimizeMacros();
    }

    // if (!array.Extensible && !array.HasOwnIndexProperty(index)) array.Set(…) is the way for those that cannot grow for either reason.
    private static void AskWhenSet(ModuleDefinition module, MethodDefinition growing)
    {
        TypeDefinition operations = Weaver.Type(module, "Jint.Native.Array.ArrayOperations").NestedTypes.Single(static type => type.Name == "JsArrayOperations");
        Instruction[] asked = [.. Weaver.Method(operations, "Set").Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "get_Extensible" })];
        if (asked is not [var question])
        {
            throw new UnknownEngineException("Elements are set in an unknown way.");
        }

        question.Operand = growing;
    }

    // a.length = -1, where that is not the engine's fast way, was a RangeError without a word.
    private static void NameTheLength(MethodDefinition method)
    {
        Instruction[] thrown = [.. method.Body.Instructions.Where(static each => each.OpCode == OpCodes.Ldnull && each.Next.Operand is MethodReference { Name: "RangeError" })];
        if (thrown is not [var word])
        {
            throw new UnknownEngineException("A length is refused in an unknown way.");
        }

        (word.OpCode, word.Operand) = (OpCodes.Ldstr, "Invalid array length");
    }
}
