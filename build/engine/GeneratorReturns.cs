using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A generator that is made to return while it waits inside of an expression leaves the expression. The engine noted that it was to return, which it looked for between
/// statements only: <c>f(yield 1)</c> was called with what the generator was to return, and a loop or a <c>finally</c> block that waited forgot it. Now an exception of
/// its own kind is thrown there, which the list of statements around it takes for a <c>return</c> in that place. And <c>yield*</c> of an async generator forgets how it was resumed the time before.
/// </summary>
internal static class GeneratorReturns
{
    internal static void Leave(ModuleDefinition module)
    {
        FieldDefinition value = Exception(module);
        TypeDefinition list = Weaver.Type(module, "Jint.Runtime.Interpreter.JintStatementList");
        Catch(Weaver.Method(list, "ShouldCatch"), value);
        Complete(module, Weaver.Method(list, "HandleException"), value);
        TypeDefinition yield = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintYieldExpression");
        ResumeOnce(Weaver.Method(yield, "ContinueAsyncYieldDelegate"));
        int thrown = yield.Methods.Where(static method => method.HasBody).Sum(method => Throw(method, value));
        if (thrown != 5)
        {
            throw new UnknownEngineException($"A yield is made to return in {thrown} places.");
        }
    }

    // var resumeType = _resumeCompletionType != Normal ? _resumeCompletionType : _delegationResumeType; and now: … : Normal. The latter is how it was resumed before: what
    // the one delegated to had answered to a throw or a return was thrown or returned into it once more.
    private static void ResumeOnce(MethodDefinition method)
    {
        if (method.Body.Instructions.Where(static each => each.Operand is FieldReference { Name: "_delegationResumeType" }).ToArray() is not [{ OpCode.Code: Code.Ldfld } earlier])
        {
            throw new UnknownEngineException("A delegating yield is resumed in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.InsertAfter(earlier, code.Create(OpCodes.Ldc_I4_0));
        (earlier.OpCode, earlier.Operand) = (OpCodes.Pop, null);
    }

    // internal sealed class GeneratorReturn(JsValue value) : JintException("…") { internal readonly JsValue Value = value; }
    private static FieldDefinition Exception(ModuleDefinition module)
    {
        TypeDefinition parent = Weaver.Type(module, "Jint.JintException");
        MethodDefinition above = parent.Methods.SingleOrDefault(static method => method is { IsConstructor: true, IsStatic: false, Parameters.Count: 1 })
            ?? throw new UnknownEngineException("The engine's exceptions are made in an unknown way.");
        TypeDefinition type = new("Jint.Runtime", "GeneratorReturn", TypeAttributes.Class | TypeAttributes.NotPublic | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, parent);
        FieldDefinition value = new("Value", FieldAttributes.Assembly | FieldAttributes.InitOnly, Weaver.Type(module, "Jint.Native.JsValue"));
        MethodDefinition made = new(".ctor", MethodAttributes.Assembly | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
        made.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, value.FieldType));
        ILProcessor code = made.Body.GetILProcessor();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, "a generator returns");
        code.Emit(OpCodes.Call, above);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, value);
        code.Emit(OpCodes.Ret);
        type.Fields.Add(value);
        type.Methods.Add(made);
        module.Types.Add(type);
        return value;
    }

    // if (exception is GeneratorReturn) return true;
    private static void Catch(MethodDefinition method, FieldDefinition value)
    {
        ILProcessor code = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0];
        code.Before(first,
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Isinst, value.DeclaringType),
            code.Create(OpCodes.Brfalse, first),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Ret),
        ]);
    }

    // if (exception is GeneratorReturn) return new Completion(CompletionType.Return, ((GeneratorReturn)exception).Value, statement._statement);
    private static void Complete(ModuleDefinition module, MethodDefinition method, FieldDefinition value)
    {
        MethodDefinition completion = Weaver.Type(module, "Jint.Runtime.Completion").Methods.SingleOrDefault(static each => each is { IsConstructor: true, IsStatic: false, Parameters.Count: 3 })
            ?? throw new UnknownEngineException("Completions are made in an unknown way.");
        FieldDefinition type = Weaver.Type(module, "Jint.Runtime.CompletionType").Fields.SingleOrDefault(static each => each.Name == "Return") is { Constant: byte } known
            ? known
            : throw new UnknownEngineException("There is no completion that returns.");
        ILProcessor code = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0];
        code.Before(first,
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Isinst, value.DeclaringType),
            code.Create(OpCodes.Brfalse, first),
            code.Create(OpCodes.Ldc_I4, (int)(byte)type.Constant),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Castclass, value.DeclaringType),
            code.Create(OpCodes.Ldfld, value),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintStatement"), "_statement")),
            code.Create(OpCodes.Newobj, completion),
            code.Create(OpCodes.Ret),
        ]);
    }

    // generator._returnRequested = true; generator._suspendedValue = value; and now: throw new GeneratorReturn(value); instead of the first.
    private static int Throw(MethodDefinition method, FieldDefinition value)
    {
        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        Instruction[] requests = [.. method.Body.Instructions.Where(static each => each is { OpCode.Code: Code.Stfld, Operand: FieldReference { Name: "_returnRequested" } })];
        foreach (Instruction request in requests)
        {
            Instruction stored = request;
            for (int i = 0; i < 3; i++)
            {
                stored = stored.Next;
            }

            if (request.Previous is not { OpCode.Code: Code.Ldc_I4, Operand: 1 } flag || stored is not { OpCode.Code: Code.Stfld, Operand: FieldReference { Name: "_suspendedValue" }, Previous: { OpCode.Code: Code.Ldloc } given })
            {
                throw new UnknownEngineException($"{method.Name} requests a return in an unknown way.");
            }

            flag.Operand = 0;
            code.InsertAfter(stored, code.Create(OpCodes.Throw));
            code.InsertAfter(stored, code.Create(OpCodes.Newobj, value.DeclaringType.Methods.Single()));
            code.InsertAfter(stored, code.Create(OpCodes.Ldloc, (VariableDefinition)given.Operand));
        }

        method.Body.OptimizeMacros();
        return requests.Length;
    }
}
