using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// The arguments of a call that are all literals are kept in an array of what they are. The engine passes an <c>object[]</c> for it and says that it is a
/// <c>JsValue[]</c>; whoever asks such an array for an interface, as <c>Math.hypot(3, 4)</c> did through LINQ, ends the process where code was compiled ahead.
/// </summary>
internal static class LiteralArguments
{
    internal static void BeWhatTheyAre(ModuleDefinition module)
    {
        TypeDefinition cache = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.ExpressionCache");
        FieldDefinition expressions = Weaver.Field(cache, "_expressions"), isLiteral = Weaver.Field(cache, "_fullyCached");
        TypeDefinition value = Weaver.Type(module, "Jint.Native.JsValue");

        // if (!_fullyCached) return; var values = new JsValue[_expressions.Length]; Array.Copy(_expressions, values, _expressions.Length); _expressions = values;
        var name = new MethodDefinition("NameValues", MethodAttributes.Private | MethodAttributes.HideBySig, module.TypeSystem.Void);
        var values = new VariableDefinition(new ArrayType(value));
        name.Body.Variables.Add(values);
        var array = new TypeReference("System", "Array", module, module.TypeSystem.CoreLibrary);
        var copy = new MethodReference("Copy", module.TypeSystem.Void, array);
        copy.Parameters.Add(new ParameterDefinition(array));
        copy.Parameters.Add(new ParameterDefinition(array));
        copy.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        ILProcessor code = name.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, isLiteral);
        code.Emit(OpCodes.Brfalse, end);
        Length();
        code.Emit(OpCodes.Newarr, value);
        code.Emit(OpCodes.Stloc, values);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, expressions);
        code.Emit(OpCodes.Ldloc, values);
        Length();
        code.Emit(OpCodes.Call, copy);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldloc, values);
        code.Emit(OpCodes.Stfld, expressions);
        code.Append(end);
        name.Body.OptimizeMacros();
        cache.Methods.Add(name);

        MethodDefinition initialize = Weaver.Method(cache, "Initialize");
        Instruction[] returns = [.. initialize.Body.Instructions.Where(static each => each.OpCode == OpCodes.Ret)];
        if (returns.Length != 2)
        {
            throw new UnknownEngineException($"Arguments are prepared in {returns.Length} ways, where 2 are known.");
        }

        initialize.Body.SimplifyMacros();
        ILProcessor body = initialize.Body.GetILProcessor();
        foreach (Instruction last in returns)
        {
            // Whoever jumps to the return meets the call first.
            body.InsertAfter(last, body.Create(OpCodes.Ret));
            body.InsertAfter(last, body.Create(OpCodes.Call, name));
            (last.OpCode, last.Operand) = (OpCodes.Ldarg, initialize.Body.ThisParameter);
        }

        initialize.Body.OptimizeMacros();

        void Length()
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldfld, expressions);
            code.Emit(OpCodes.Ldlen);
            code.Emit(OpCodes.Conv_I4);
        }
    }
}
