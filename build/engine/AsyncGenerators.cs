using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// What an async generator yields is awaited, and when that is rejected, the <c>yield</c> throws. The engine ended the generator instead: no <c>catch</c> and no
/// <c>finally</c> around a <c>yield promise</c> was executed. And of the requests that wait when a generator ends, all are answered, not the first of them only.
/// </summary>
internal static class AsyncGenerators
{
    internal static void Correct(ModuleDefinition module)
    {
        TypeDefinition generator = Weaver.Type(module, "Jint.Native.AsyncGenerator.AsyncGeneratorInstance");
        ThrowAtYield(module, generator);
        AnswerAll(Weaver.Method(generator, "AsyncGeneratorResumeNext"));
    }

    // Where the first request has been answered by a generator that has ended, the next one is taken, from the beginning: if (…_asyncGeneratorQueue.Count == 0) return; …
    private static void AnswerAll(MethodDefinition method)
    {
        Instruction[] answers = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "AsyncGeneratorResolve" or "AsyncGeneratorReject" })];
        if (answers.Length != 4)
        {
            throw new UnknownEngineException($"Requests of an async generator are answered in {answers.Length} places.");
        }

        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0];
        foreach (Instruction answer in answers)
        {
            code.InsertAfter(answer, code.Create(OpCodes.Leave, first));
        }

        method.Body.OptimizeMacros();
    }

    private static void ThrowAtYield(ModuleDefinition module, TypeDefinition generator)
    {
        MethodDefinition[] handlers = [.. generator.NestedTypes.SelectMany(static type => type.Methods)
            .Where(static method => method.Name.StartsWith("<AsyncGeneratorYield>", StringComparison.Ordinal) && method.Body.Instructions.Any(static each => each.Operand is MethodReference { Name: "AsyncGeneratorReject" }))];
        if (handlers is not [var handler])
        {
            throw new UnknownEngineException("What is yielded is awaited in an unknown way.");
        }

        handler.Body.SimplifyMacros();
        FieldDefinition owner = handler.DeclaringType.Fields.Single(field => field.FieldType == generator), capability = Weaver.Field(handler.DeclaringType, "promiseCapability");
        FieldDefinition executing = Weaver.Type(module, "Jint.Native.AsyncGenerator.AsyncGeneratorState").Fields.Single(static field => field.Name == "Executing");
        FieldDefinition thrown = Weaver.Type(module, "Jint.Runtime.CompletionType").Fields.Single(static field => field.Name == "Throw");
        Instruction? kept = handler.Body.Instructions.FirstOrDefault(static each => each.Operand is MethodReference { Name: "At" });
        if (kept is null)
        {
            throw new UnknownEngineException("The reason of a rejection is taken in an unknown way.");
        }

        // generator._nextValue = reason; … as it is resumed by throw(), for the request that is still to be answered.
        while (kept.Next is { } rest)
        {
            handler.Body.Instructions.Remove(rest);
        }

        var reason = new VariableDefinition(Weaver.Type(module, "Jint.Native.JsValue"));
        handler.Body.Variables.Add(reason);
        ILProcessor code = handler.Body.GetILProcessor();
        code.Emit(OpCodes.Stloc, reason);
        Set("_nextValue", code.Create(OpCodes.Ldloc, reason));
        Set("_isResuming", code.Create(OpCodes.Ldc_I4, 1));
        Set("_resumeCompletionType", code.Create(OpCodes.Ldc_I4, Convert.ToInt32(thrown.Constant)));
        Set("_asyncGeneratorState", code.Create(OpCodes.Ldc_I4, Convert.ToInt32(executing.Constant)));
        code.Emit(OpCodes.Ldarg, handler.Body.ThisParameter);
        code.Emit(OpCodes.Ldfld, owner);
        code.Emit(OpCodes.Ldarg, handler.Body.ThisParameter);
        code.Emit(OpCodes.Ldfld, capability);
        code.Emit(OpCodes.Call, Weaver.Method(generator, "ResumeExecution"));
        code.Emit(OpCodes.Ldsfld, Weaver.Field(Weaver.Type(module, "Jint.Native.JsValue"), "Undefined"));
        code.Emit(OpCodes.Ret);
        handler.Body.OptimizeMacros();

        void Set(string field, Instruction value)
        {
            code.Emit(OpCodes.Ldarg, handler.Body.ThisParameter);
            code.Emit(OpCodes.Ldfld, owner);
            code.Append(value);
            code.Emit(OpCodes.Stfld, Weaver.Field(generator, field));
        }
    }
}
