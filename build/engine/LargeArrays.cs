using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// <c>new Array(2 ** 32 - 1)</c> has a length and takes no memory, as <c>a.length = 2 ** 32 - 1</c> does: it ended its vat, which is for those that ask for the memory as
/// well, or fill it. What was filled one element after the other was kept as a table of all of them when it became too long for a list: that took seconds, and a gigabyte.
/// </summary>
internal static class LargeArrays
{
    // Elements in one list; what is shorter may become a table.
    private const int Many = 1 << 20;

    // What is so near to the end of the list continues it (the engine's own figure).
    private const int Near = 50;

    internal static void BeSparse(ModuleDefinition module)
    {
        TypeDefinition array = Weaver.Type(module, "Jint.Native.Array.ArrayInstance");

        // The limit was compared with the larger of the two, capacity and length.
        MethodDefinition[] made = [.. array.Methods.Where(static method => method.IsConstructor && method.HasBody && method.Body.Instructions.Any(IsLarger))];
        if (made is not [var method] || method.Body.Instructions.Where(IsLarger).ToArray() is not [var larger])
        {
            throw new UnknownEngineException("Arrays are limited in an unknown way.");
        }

        // What is on top is the length.
        (larger.OpCode, larger.Operand) = (OpCodes.Pop, null);
        LimitFilled(module, array);
    }

    private static bool IsLarger(Instruction each) => each.Operand is MethodReference { Name: "Max", DeclaringType.FullName: "System.Math" };

    // Before what is written makes a list a table.
    private static void LimitFilled(ModuleDefinition module, TypeDefinition array)
    {
        MethodDefinition within = Within(module, array);
        MethodDefinition write = array.Methods.Single(static method => method is { Name: "WriteArrayValueUnlikely", Parameters: [_, { ParameterType.Name: "JsValue" }] });
        write.Body.SimplifyMacros();
        Instruction[] converts = [.. write.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ConvertToSparse" })];
        if (converts is not [{ Previous: { OpCode.Code: Code.Ldarg } self }])
        {
            throw new UnknownEngineException("Elements are written in an unknown way.");
        }

        // Whoever jumps there comes with nothing.
        ILProcessor code = write.Body.GetILProcessor();
        code.After(self, [code.Create(OpCodes.Ldarg, write.Parameters[0]), code.Create(OpCodes.Call, within), code.Create(OpCodes.Ldarg, write.Body.ThisParameter)]);
        write.Body.OptimizeMacros();
    }

    /// <summary>
    /// <c>internal void Within(uint index) { if (_dense != null &amp;&amp; _dense.Length &gt; Many &amp;&amp; index - _dense.Length &lt; Near &amp;&amp; GetLength() &gt; max) ThrowMaximumArraySizeReachedException(_engine, GetLength()); }</c>
    /// </summary>
    private static MethodDefinition Within(ModuleDefinition module, TypeDefinition array)
    {
        FieldDefinition dense = Weaver.Field(array, "_dense");
        MethodDefinition length = Weaver.Method(array, "GetLength");
        MethodDefinition refuse = array.Methods.Single(static method => method is { Name: "ThrowMaximumArraySizeReachedException", Parameters: [_, { ParameterType.MetadataType: MetadataType.UInt32 }] });
        var within = new MethodDefinition("Within", MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        within.Parameters.Add(new ParameterDefinition("index", ParameterAttributes.None, module.TypeSystem.UInt32));
        array.Methods.Add(within);
        ILProcessor code = within.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        Instruction[] most = Most(code, Weaver.Method(array, "EnsureCapacity"));
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, dense),
            code.Create(OpCodes.Brfalse, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, dense),
            code.Create(OpCodes.Ldlen),
            code.Create(OpCodes.Conv_U4),
            code.Create(OpCodes.Ldc_I4, Many),
            code.Create(OpCodes.Ble_Un, end),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, dense),
            code.Create(OpCodes.Ldlen),
            code.Create(OpCodes.Conv_U4),
            code.Create(OpCodes.Sub),
            code.Create(OpCodes.Ldc_I4, Near),
            code.Create(OpCodes.Bge_Un, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, length),
            code.Create(OpCodes.Ldarg_0),
            .. most,
            code.Create(OpCodes.Ble_Un, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, (FieldReference)most[0].Operand),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, length),
            code.Create(OpCodes.Call, refuse),
            end,
        ]);
        return within;
    }

    /// <summary><c>_engine.Options.Constraints.MaxArraySize</c>, as the engine itself asks for it.</summary>
    private static Instruction[] Most(ILProcessor code, MethodDefinition asking)
    {
        Instruction[] asked = [.. asking.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "get_MaxArraySize", ReturnType.MetadataType: MetadataType.UInt32 })];
        if (asked is not [{ Previous: { Previous: { Previous: { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_engine" } engine } } options } constraints } size])
        {
            throw new UnknownEngineException("Arrays have a limit of an unknown kind.");
        }

        return [code.Create(OpCodes.Ldfld, engine), code.Same(options), code.Same(constraints), code.Same(size)];
    }
}
