using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A text has at most 32 Mi code units: 64 MiB, as much as a vat's buffers. The engine allows 536 870 888, a gigabyte, as V8 does: one concatenation that makes half of
/// that takes seconds where memory is slow to come by, and nothing can interrupt it, so that the host was killed for it. What is longer is the same RangeError as there.
/// </summary>
internal static class TextLength
{
    private const int Engines = (1 << 29) - 24, Most = 1 << 25;

    // What a text and its replacement may have to be handed to the runtime whole: together they make 16 Mi code units at most.
    private const int Short = 1 << 12;

    internal static void Bound(ModuleDefinition module)
    {
        int found = 0;
        foreach (Instruction each in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody).SelectMany(static method => method.Body.Instructions))
        {
            if (each is { OpCode.Code: Code.Ldc_I4, Operand: Engines })
            {
                each.Operand = Most;
                found++;
            }
            else if (each is { OpCode.Code: Code.Ldc_I8, Operand: (long)Engines })
            {
                each.Operand = (long)Most;
                found++;
            }
        }

        if (found == 0)
        {
            throw new UnknownEngineException("Nothing bounds the length of a text.");
        }

        BoundReplacements(module);
    }

    // replaceAll with a plain text is one call of the runtime's, which asks for no length and cannot be interrupted; the loop behind it does and can.
    private static void BoundReplacements(ModuleDefinition module)
    {
        MethodBody body = Weaver.Method(Weaver.Type(module, "Jint.Native.String.StringPrototype"), "ReplaceAll").Body;
        body.SimplifyMacros();
        Instruction[] whole = [.. body.Instructions.Where(static each => each.Operand is MethodReference { Name: "Replace", DeclaringType.FullName: "System.String" })];
        if (whole is not [{ Previous: { OpCode.Code: Code.Ldloc } replacement } replace] || replacement.Previous.Previous is not { OpCode.Code: Code.Ldloc } text
            || text.Previous is not { OpCode.Code: Code.Ble, Operand: Instruction piecewise }
            || text.Previous.Previous.Previous is not { Operand: MethodReference { Name: "get_Length" } length } || replace.Next.Next.OpCode != OpCodes.Ret)
        {
            throw new UnknownEngineException("Texts are replaced in an unknown way.");
        }

        ILProcessor code = body.GetILProcessor();
        foreach (Instruction each in new[] { text, replacement })
        {
            code.Before(text,
            [
                code.Create(OpCodes.Ldloc, (VariableDefinition)each.Operand),
                code.Create(OpCodes.Callvirt, length),
                code.Create(OpCodes.Ldc_I4, Short),
                code.Create(OpCodes.Bgt, piecewise),
            ]);
        }

        body.OptimizeMacros();
    }
}
