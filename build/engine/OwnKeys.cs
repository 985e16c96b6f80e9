using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// <c>Object.getOwnPropertySymbols</c> of a regular expression or a typed array has symbols only, and <c>getOwnPropertyNames</c> of a typed array none: asked for one
/// kind of keys, these two gave both.
/// </summary>
internal static class OwnKeys
{
    internal static void BeOfTheKindAsked(ModuleDefinition module)
    {
        MethodDefinition inherited = Weaver.Method(Weaver.Type(module, "Jint.Native.Object.ObjectInstance"), "GetOwnPropertyKeys");
        TypeDefinition types = Weaver.Type(module, "Jint.Runtime.Types");
        int strings = (int)Weaver.Field(types, "String").Constant, symbols = (int)Weaver.Field(types, "Symbol").Constant;
        foreach (string type in (string[])["Jint.Native.JsRegExp", "Jint.Native.JsTypedArray"])
        {
            // if ((types & Types.String) == 0) return base.GetOwnPropertyKeys(types);
            MethodDefinition method = Weaver.Method(Weaver.Type(module, type), "GetOwnPropertyKeys");
            method.Body.SimplifyMacros();
            ILProcessor code = method.Body.GetILProcessor();
            Instruction first = method.Body.Instructions[0];
            code.Before(first,
            [
                code.Create(OpCodes.Ldarg, method.Parameters[0]),
                code.Create(OpCodes.Ldc_I4, strings),
                code.Create(OpCodes.And),
                code.Create(OpCodes.Brtrue, first),
                code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
                code.Create(OpCodes.Ldarg, method.Parameters[0]),
                code.Create(OpCodes.Call, inherited),
                code.Create(OpCodes.Ret),
            ]);

            Instruction? ofSymbols = method.Body.Instructions.FirstOrDefault(static each => each.OpCode == OpCodes.Ldfld && each.Operand is FieldReference { Name: "_symbols" });
            if (ofSymbols is not null)
            {
                // if (_symbols != null) becomes if ((types & Types.Symbol) != 0 && _symbols != null), for whoever jumps there.
                if (ofSymbols is not { Previous.OpCode.Code: Code.Ldarg, Next: { OpCode.Code: Code.Brfalse, Operand: Instruction end } })
                {
                    throw new UnknownEngineException($"{method.FullName} looks for symbols in an unknown way.");
                }

                ofSymbols.Previous.Operand = method.Parameters[0];
                code.Before(ofSymbols,
                [
                    code.Create(OpCodes.Ldc_I4, symbols),
                    code.Create(OpCodes.And),
                    code.Create(OpCodes.Brfalse, end),
                    code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
                ]);
            }

            method.Body.OptimizeMacros();
        }
    }
}
