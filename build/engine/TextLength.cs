using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// A text has at most 32 Mi code units: 64 MiB, as much as a vat's buffers. The engine allows 536 870 888, a gigabyte, as V8 does: one concatenation that makes half of
/// that takes seconds where memory is slow to come by, and nothing can interrupt it, so that the host was killed for it. What is longer is the same RangeError as there.
/// </summary>
internal static class TextLength
{
    private const int Engines = (1 << 29) - 24, Most = 1 << 25;

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
    }
}
