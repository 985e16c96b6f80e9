using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// Large arrays do not go back to the runtime's pools, which keep them for a minute and longer, some for each thread: a vat that had made a text of 60 MiB left a
/// quarter of a gigabyte in its host.
/// </summary>
internal static class PooledArrays
{
    // Elements: two megabytes of text. What is smaller is asked for often, and made anew it would be slow.
    private const int Most = 1 << 20;

    /// <summary>
    /// <c>internal static void Give&lt;T&gt;(ArrayPool&lt;T&gt; pool, T[] array, bool clear) { if (array.Length &lt;= Most) pool.Return(array, clear); }</c>, called where
    /// <c>pool.Return(array, clear)</c> was.
    /// </summary>
    internal static void BeSmall(ModuleDefinition module)
    {
        Instruction[] calls = [.. module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody).SelectMany(static method => method.Body.Instructions)
            .Where(static each => each.Operand is MethodReference { Name: "Return", DeclaringType: GenericInstanceType { Name: "ArrayPool`1" } })];
        if (calls is not [{ Operand: MethodReference known }, ..])
        {
            throw new UnknownEngineException("No array goes back to a pool.");
        }

        var type = new TypeDefinition("Jint.Runtime", "PooledArrays", TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        MethodDefinition give = Give(module, known);
        type.Methods.Add(give);
        foreach (Instruction call in calls)
        {
            var pool = (GenericInstanceType)((MethodReference)call.Operand).DeclaringType;
            (call.OpCode, call.Operand) = (OpCodes.Call, new GenericInstanceMethod(give) { GenericArguments = { pool.GenericArguments[0] } });
        }

        module.Types.Add(type);
    }

    private static MethodDefinition Give(ModuleDefinition module, MethodReference known)
    {
        var give = new MethodDefinition("Give", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        var element = new GenericParameter("T", give);
        give.GenericParameters.Add(element);
        var pool = new GenericInstanceType(((GenericInstanceType)known.DeclaringType).ElementType) { GenericArguments = { element } };
        var back = new MethodReference(known.Name, known.ReturnType, pool) { HasThis = true };
        foreach (ParameterDefinition parameter in known.Parameters)
        {
            back.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        give.Parameters.Add(new ParameterDefinition("pool", ParameterAttributes.None, pool));
        give.Parameters.Add(new ParameterDefinition("array", ParameterAttributes.None, new ArrayType(element)));
        give.Parameters.Add(new ParameterDefinition("clear", ParameterAttributes.None, module.TypeSystem.Boolean));
        ILProcessor code = give.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldlen),
            code.Create(OpCodes.Conv_I4),
            code.Create(OpCodes.Ldc_I4, Most),
            code.Create(OpCodes.Bgt, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, back),
            end,
        ]);
        return give;
    }
}
