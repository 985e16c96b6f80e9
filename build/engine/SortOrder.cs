using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Lets the host sort. A comparator need not be consistent (<c>(a, b) =&gt; a &gt; b</c> is what many programs have), and then the order depends on which elements are
/// compared, and when: the engine's merge sort asked about others than V8 does, and gave another order.
/// </summary>
internal static class SortOrder
{
    /// <summary><c>public abstract class SortOrder { public static SortOrder? Arrays, TypedArrays; public abstract JsValue[] Sort(IEnumerable&lt;JsValue&gt; items, IComparer&lt;JsValue&gt; comparer); }</c></summary>
    internal static void BeTheHosts(ModuleDefinition module)
    {
        TypeDefinition value = Weaver.Type(module, "Jint.Native.JsValue");
        MethodDefinition ordered = Weaver.Method(Weaver.Type(module, "Jint.SortExtensions"), "StableOrder");
        var type = new TypeDefinition("Jint.Runtime", "SortOrder", TypeAttributes.Public | TypeAttributes.Abstract, module.TypeSystem.Object);
        var made = new MethodDefinition(".ctor", MethodAttributes.Family | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
        ILProcessor code = made.Body.GetILProcessor();
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Call, new MethodReference(".ctor", module.TypeSystem.Void, module.TypeSystem.Object) { HasThis = true }),
            code.Create(OpCodes.Ret),
        ]);
        type.Methods.Add(made);

        var sort = new MethodDefinition("Sort", MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot, new ArrayType(value));
        sort.Parameters.Add(new ParameterDefinition("items", ParameterAttributes.None, Of(ordered.Parameters[0], value)));
        sort.Parameters.Add(new ParameterDefinition("comparer", ParameterAttributes.None, Of(ordered.Parameters[1], value)));
        type.Methods.Add(sort);

        TypeDefinition arrays = Weaver.Type(module, "Jint.Native.Array.ArrayPrototype"), typed = Weaver.Type(module, "Jint.Native.TypedArray.IntrinsicTypedArrayPrototype");
        Replace(type, sort, "Arrays", [Weaver.Method(arrays, "Sort"), Weaver.Method(arrays, "SortArray")]);
        Replace(type, sort, "TypedArrays", [Weaver.Method(typed, "SortArray")]);
        module.Types.Add(type);
        CompareFractions(module, typed);
    }

    private static GenericInstanceType Of(ParameterDefinition parameter, TypeDefinition value) =>
        new(((GenericInstanceType)parameter.ParameterType).ElementType) { GenericArguments = { value } };

    /// <summary><c>static JsValue[] SortArrays(items, comparer) =&gt; Arrays is null ? items.StableOrder(comparer) : Arrays.Sort(items, comparer);</c>, called where the engine sorted.</summary>
    private static void Replace(TypeDefinition type, MethodDefinition sort, string name, MethodDefinition[] sorting)
    {
        var host = new FieldDefinition(name, FieldAttributes.Public | FieldAttributes.Static, type);
        type.Fields.Add(host);
        var chosen = new MethodDefinition("Sort" + name, MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, sort.ReturnType);
        foreach (ParameterDefinition each in sort.Parameters)
        {
            chosen.Parameters.Add(new ParameterDefinition(each.Name, ParameterAttributes.None, each.ParameterType));
        }

        type.Methods.Add(chosen);
        MethodReference? own = null;
        foreach (MethodDefinition method in sorting)
        {
            Instruction[] calls = [.. method.Body.Instructions.Where(static each => each.Operand is GenericInstanceMethod { Name: "StableOrder" })];
            if (calls is not [{ OpCode.Code: Code.Call } call])
            {
                throw new UnknownEngineException($"{method.FullName} sorts in an unknown way.");
            }

            own = (MethodReference)call.Operand;
            call.Operand = chosen;
        }

        ILProcessor code = chosen.Body.GetILProcessor();
        Instruction hosts = code.Create(OpCodes.Ldsfld, host);
        code.Add(
        [
            code.Create(OpCodes.Ldsfld, host),
            code.Create(OpCodes.Brtrue, hosts),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Call, own),
            code.Create(OpCodes.Ret),
            hosts,
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, sort),
            code.Create(OpCodes.Ret),
        ]);
    }

    // What a comparator said of two numbers was cut to an integer: 0.5 was 0, and 2 ** 31 less than it.
    private static void CompareFractions(ModuleDefinition module, TypeDefinition typed)
    {
        MethodDefinition compare = Weaver.Method(typed.NestedTypes.Single(static type => type.Name == "TypedArrayComparer"), "Compare");
        Instruction[] cut = [.. compare.Body.Instructions.Where(static each => each.OpCode == OpCodes.Conv_I4)];
        if (cut is not [{ Next.OpCode.Code: Code.Ret } integer])
        {
            throw new UnknownEngineException("Numbers of typed arrays are compared in an unknown way.");
        }

        var sign = new MethodReference("Sign", module.TypeSystem.Int32, new TypeReference("System", "Math", module, module.TypeSystem.CoreLibrary));
        sign.Parameters.Add(new ParameterDefinition(module.TypeSystem.Double));
        (integer.OpCode, integer.Operand) = (OpCodes.Call, sign);
    }
}
