using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Lets the host be asked when something large is made, as <see cref="LongOperations"/> does: the 64 statements between two questions of the engine could copy a text
/// or an array of 60 MiB each, which took seconds, and 4 GiB before anybody looked at the heap.
/// </summary>
internal static class LargeObjects
{
    // Elements, or characters: a megabyte of references. What is smaller is seen in time when the engine asks.
    private const int Large = 1 << 17;

    /// <summary><c>internal static void Make(long count) { if (count &gt; Large) Begin(); }</c>, called before each array is made or made longer, unless its length is written in the code, and with each text.</summary>
    internal static void Announce(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Runtime.LongOperations");
        MethodDefinition begin = Weaver.Method(type, "Begin");
        var make = new MethodDefinition("Make", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        make.Parameters.Add(new ParameterDefinition("count", ParameterAttributes.None, module.TypeSystem.Int64));
        ILProcessor code = make.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldc_I8, (long)Large),
            code.Create(OpCodes.Ble, end),
            code.Create(OpCodes.Call, begin),
            end,
        ]);
        type.Methods.Add(make);
        AnnounceArrays(module, make);
        AnnounceTexts(module, make);
        AnnounceSteps(module, type, begin);
    }

    private static void AnnounceArrays(ModuleDefinition module, MethodDefinition make)
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody))
        {
            Instruction[] arrays = [.. method.Body.Instructions.Where(static each => TakesLength(each) && each.Previous is { } length && !IsConstant(length.OpCode.Code))];
            if (arrays.Length == 0)
            {
                continue;
            }

            method.Body.SimplifyMacros();
            foreach (Instruction array in arrays)
            {
                // Whoever jumps there meets this first.
                ILProcessor body = method.Body.GetILProcessor();
                Instruction same = array.Operand switch
                {
                    MethodReference resize => body.Create(array.OpCode, resize),
                    TypeReference element => body.Create(array.OpCode, element),
                    _ => throw new UnknownEngineException($"{method.FullName} makes an array of nothing."),
                };
                (array.OpCode, array.Operand) = (OpCodes.Dup, null);
                body.After(array, [body.Create(OpCodes.Conv_I8), body.Create(OpCodes.Call, make), same]);
            }

            method.Body.OptimizeMacros();
        }
    }

    private static void AnnounceTexts(ModuleDefinition module, MethodDefinition make)
    {
        TypeDefinition text = Weaver.Type(module, "Jint.Native.JsString");
        MethodReference length = text.NestedTypes.SelectMany(static type => type.Methods).SelectMany(static method => method.HasBody ? method.Body.Instructions : [])
            .Select(static each => each.Operand).OfType<MethodReference>().FirstOrDefault(static each => each is { Name: "get_Length", DeclaringType.FullName: "System.String" })
            ?? throw new UnknownEngineException("No text is asked for its length.");
        MethodDefinition made = text.Methods.SingleOrDefault(static method => method is { IsConstructor: true, Parameters: [{ ParameterType.MetadataType: MetadataType.String }, _] })
            ?? throw new UnknownEngineException("Texts are made in an unknown way.");
        ILProcessor code = made.Body.GetILProcessor();
        Instruction end = made.Body.Instructions[^1];
        code.Before(end, [code.Create(OpCodes.Ldarg_1), code.Create(OpCodes.Brfalse, end), code.Create(OpCodes.Ldarg_1), .. Asked(code)]);

        // What has been put together piece by piece is made one text.
        code = Weaver.Method(Weaver.Type(module, "Jint.Native.JsString/ConcatenatedString"), "Materialize").Body.GetILProcessor();
        code.Before(code.Body.Instructions[^1], [code.Create(OpCodes.Dup), .. Asked(code)]);

        Instruction[] Asked(ILProcessor code) => [code.Create(OpCodes.Callvirt, length), code.Create(OpCodes.Conv_I8), code.Create(OpCodes.Call, make)];
    }

    // To freeze an array of millions takes seconds: internal static void Step() { if ((++s_steps & 4095) == 0) Begin(); }, called with each property that is defined so.
    private static void AnnounceSteps(ModuleDefinition module, TypeDefinition type, MethodDefinition begin)
    {
        var steps = new FieldDefinition("s_steps", FieldAttributes.Static | FieldAttributes.Private, module.TypeSystem.Int32);
        var step = new MethodDefinition("Step", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        ILProcessor code = step.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Add(
        [
            code.Create(OpCodes.Ldsfld, steps),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Stsfld, steps),
            code.Create(OpCodes.Ldc_I4, 4095),
            code.Create(OpCodes.And),
            code.Create(OpCodes.Brtrue, end),
            code.Create(OpCodes.Call, begin),
            end,
        ]);
        type.Fields.Add(steps);
        type.Methods.Add(step);
        MethodDefinition define = Weaver.Method(Weaver.Type(module, "Jint.Native.Object.ObjectInstance"), "DefinePropertyOrThrow");
        code = define.Body.GetILProcessor();
        code.InsertBefore(define.Body.Instructions[0], code.Create(OpCodes.Call, step));

        // Prototypes and a proxy may go round in a circle, for ever.
        MethodDefinition instance = Weaver.Method(Weaver.Type(module, "Jint.Native.JsValue"), "OrdinaryHasInstance");
        Instruction[] walked = [.. instance.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "get_Prototype" })];
        if (walked is not [var above])
        {
            throw new UnknownEngineException("instanceof goes through prototypes in an unknown way.");
        }

        instance.Body.GetILProcessor().InsertAfter(above, Instruction.Create(OpCodes.Call, step));
    }

    private static bool TakesLength(Instruction each) => each.OpCode == OpCodes.Newarr || each.Operand is MethodReference { Name: "Resize", DeclaringType.FullName: "System.Array" };

    private static bool IsConstant(Code code) => code is >= Code.Ldc_I4_M1 and <= Code.Ldc_I4;
}
