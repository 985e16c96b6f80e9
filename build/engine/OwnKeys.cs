using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// <c>Object.getOwnPropertySymbols</c> of a regular expression or a typed array has symbols only, and <c>getOwnPropertyNames</c> of a typed array none: asked for one
/// kind of keys, these two gave both. So did a proxy with a trap, and <c>JSON.stringify</c> wrote its symbols.
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

        Proxies(module, symbols, strings);
    }

    // return ValidateOwnKeysTrapResult(…) becomes return OfKind(ValidateOwnKeysTrapResult(…), types).
    private static void Proxies(ModuleDefinition module, int symbols, int strings)
    {
        TypeDefinition proxy = Weaver.Type(module, "Jint.Native.JsProxy");
        MethodDefinition method = Weaver.Method(proxy, "GetOwnPropertyKeys");
        if (method.Body.Instructions is not [.., { Operand: MethodReference { Name: "ValidateOwnKeysTrapResult" } }, { OpCode.Code: Code.Ret } end])
        {
            throw new UnknownEngineException("The keys of a proxy are not what they were.");
        }

        MethodDefinition kind = OfKind(module, (GenericInstanceType)method.ReturnType, method.Parameters[0].ParameterType, symbols, strings);
        proxy.Methods.Add(kind);
        method.Body.GetILProcessor().Before(end, [Instruction.Create(OpCodes.Ldarg_1), Instruction.Create(OpCodes.Call, kind)]);
    }

    /// <summary>
    /// <code>
    /// static List&lt;JsValue&gt; OfKind(List&lt;JsValue&gt; keys, Types types)
    /// {
    ///     for (int i = keys.Count - 1; i >= 0; i--) if (((keys[i] is JsSymbol ? Symbol : String) &amp; types) == 0) keys.RemoveAt(i);
    ///     return keys;
    /// }
    /// </code>
    /// </summary>
    private static MethodDefinition OfKind(ModuleDefinition module, GenericInstanceType list, TypeReference types, int symbols, int strings)
    {
        MethodReference count = new("get_Count", module.TypeSystem.Int32, list) { HasThis = true };
        MethodReference item = new("get_Item", list.ElementType.GenericParameters[0], list) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Int32) } };
        MethodReference remove = new("RemoveAt", module.TypeSystem.Void, list) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Int32) } };
        MethodDefinition method = new("OfKind", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig, list);
        method.Parameters.Add(new ParameterDefinition("keys", ParameterAttributes.None, list));
        method.Parameters.Add(new ParameterDefinition("types", ParameterAttributes.None, types));
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        method.Body.InitLocals = true;
        ILProcessor code = method.Body.GetILProcessor();
        Instruction next = code.Create(OpCodes.Ldloc_0), symbol = code.Create(OpCodes.Ldc_I4, symbols), asked = code.Create(OpCodes.Ldarg_1), done = code.Create(OpCodes.Ldarg_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, count),
            code.Create(OpCodes.Stloc_0),
            next,
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Sub),
            code.Create(OpCodes.Stloc_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Ldc_I4_0),
            code.Create(OpCodes.Blt, done),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Callvirt, item),
            code.Create(OpCodes.Isinst, Weaver.Type(module, "Jint.Native.JsSymbol")),
            code.Create(OpCodes.Brtrue, symbol),
            code.Create(OpCodes.Ldc_I4, strings),
            code.Create(OpCodes.Br, asked),
            symbol,
            asked,
            code.Create(OpCodes.And),
            code.Create(OpCodes.Brtrue, next),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Callvirt, remove),
            code.Create(OpCodes.Br, next),
            done,
            code.Create(OpCodes.Ret),
        ]);

        return method;
    }
}
