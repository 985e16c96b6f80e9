using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Lets the host be asked before each operation on BigInts. The engine asks it only every 64 statements whether to go on, and one statement on BigInts of some ten
/// thousand digits takes milliseconds: a loop of them ran on too long after its limit.
/// </summary>
internal static class LongOperations
{
    private static readonly string[] s_longOperations =
    [
        "op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "op_Modulus", "op_LeftShift", "op_RightShift", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr",
        "op_OnesComplement", "Negate", "Pow", "DivRem", "ToString", "Parse", "TryParse",
    ];

    /// <summary><c>public static Action? Begins; internal static void Begin() =&gt; Begins?.Invoke();</c>, called before what may take long on a BigInt.</summary>
    internal static void Announce(ModuleDefinition module)
    {
        var action = new TypeReference("System", "Action", module, module.TypeSystem.CoreLibrary);
        var type = new TypeDefinition("Jint.Runtime", "LongOperations", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var begins = new FieldDefinition("Begins", FieldAttributes.Public | FieldAttributes.Static, action);
        var begin = new MethodDefinition("Begin", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        ILProcessor code = begin.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldsfld, begins);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldsfld, begins);
        code.Emit(OpCodes.Callvirt, new MethodReference("Invoke", module.TypeSystem.Void, action) { HasThis = true });
        code.Append(end);
        type.Fields.Add(begins);
        type.Methods.Add(begin);

        var announced = new HashSet<string>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody))
        {
            Instruction[] calls = [.. method.Body.Instructions.Where(IsLong)];
            if (calls.Length == 0)
            {
                continue;
            }

            // Short branches over what grows become long, and short again where they may.
            method.Body.SimplifyMacros();
            foreach (Instruction call in calls)
            {
                announced.Add(((MethodReference)call.Operand).Name);

                // The announcement takes the place of the call, so that whoever jumps there meets it first; what is on the stack stays there.
                ILProcessor body = method.Body.GetILProcessor();
                body.InsertAfter(call, body.Create(call.OpCode, (MethodReference)call.Operand));
                (call.OpCode, call.Operand) = (OpCodes.Call, begin);
            }

            method.Body.OptimizeMacros();
        }

        if (s_longOperations.Except(announced).FirstOrDefault() is { } missing)
        {
            throw new UnknownEngineException($"BigInteger.{missing} is called nowhere.");
        }

        module.Types.Add(type);
    }

    private static bool IsLong(Instruction call) => call.Operand is MethodReference called && called.DeclaringType.FullName == "System.Numerics.BigInteger"
        && s_longOperations.Contains(called.Name) && call.Previous?.OpCode.OpCodeType != OpCodeType.Prefix;
}
