using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Where the engine does not know the names around a place. An exception out of the head of a loop, a switch or a class left the head's scope in force, so that in
/// <c>const x = 1; try { for (const x of fails()); } catch {} x</c> the last <c>x</c> was the loop's: a try statement goes on in the scope it began in. And a class in
/// another, in a text for <c>eval</c>, knew no private name of the outer one.
/// </summary>
internal static class ScopesLeft
{
    internal static void Restore(ModuleDefinition module)
    {
        AfterThrows(module);
        InNestedClasses(module);
    }

    // var b = _block.Execute(context); if (b.Type == CompletionType.Throw) { b = ExecuteCatch(…)
    private static void AfterThrows(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintTryStatement"), "ExecuteInternal");
        TypeDefinition engine = Weaver.Type(module, "Jint.Engine");
        FieldDefinition environment = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext"), "LexicalEnvironment");
        method.Body.SimplifyMacros();
        Instruction[] all = [.. method.Body.Instructions];
        Instruction[] blocks = [.. all.Where(static each => each is { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_block" } })];
        Instruction[] catches = [.. all.Where(static each => each is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "ExecuteCatch" } })];
        Instruction[] contexts = [.. all.Where(static each => each.Operand is MethodReference { Name: "get_ExecutionContext" })];
        if (blocks is not [{ Previous.OpCode.Code: Code.Ldarg } block] || catches is not [var caught] || contexts is not [{ Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition local } } context])
        {
            throw new UnknownEngineException("A try statement is executed in an unknown way.");
        }

        Instruction resuming = all.FirstOrDefault(static each => each.Operand is MethodReference { Name: "get_IsResuming" }) ?? throw new UnknownEngineException("A try statement does not ask whether it goes on.");
        if (resuming.Previous is not { OpCode.Code: Code.Ldloc, Operand: VariableDefinition suspendable })
        {
            throw new UnknownEngineException("A try statement asks in an unknown way whether it goes on.");
        }

        // Scope? outside = suspendable == null || !suspendable.IsResuming ? engine.ExecutionContext.LexicalEnvironment : null; where it goes on, the scope is one within.
        var outside = new VariableDefinition(environment.FieldType);
        method.Body.Variables.Add(outside);
        ILProcessor code = method.Body.GetILProcessor();
        Instruction first = block.Previous, go = code.Create(OpCodes.Ldarg, method.Body.ThisParameter), take = code.Create(OpCodes.Ldloc, local);
        Instruction at = first;
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Brfalse, take),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Callvirt, (MethodReference)resuming.Operand),
            code.Create(OpCodes.Brfalse, take),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Stloc, outside),
            code.Create(OpCodes.Br, go),
            take,
            code.Create(OpCodes.Callvirt, (MethodReference)context.Operand),
            code.Create(OpCodes.Ldfld, environment),
            code.Create(OpCodes.Stloc, outside),
            go,
        ])
        {
            code.InsertAfter(at, added);
            at = added;
        }

        // Whoever jumps to the block's execution meets this first: `this`, which was loaded there, is loaded at `go`.
        (first.OpCode, first.Operand) = (OpCodes.Ldloc, suspendable);

        // The branch past the handler is taken before the handler's arguments are loaded: this, context, b, engine.
        Instruction arguments = caught.Previous.Previous.Previous.Previous;
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Ldloc, outside),
            code.Create(OpCodes.Brfalse, arguments),
            code.Create(OpCodes.Ldloc, local),
            code.Create(OpCodes.Ldloc, outside),
            code.Create(OpCodes.Call, Weaver.Method(engine, "UpdateLexicalEnvironment")),
        ])
        {
            code.InsertBefore(arguments, added);
        }

        method.Body.OptimizeMacros();
    }

    // _privateNames = new HashSet(…); and now also: if (oldList != null) _privateNames.UnionWith(oldList);
    private static void InNestedClasses(ModuleDefinition module)
    {
        TypeDefinition validator = Weaver.Type(module, "Jint.AstExtensions/PrivateIdentifierValidator");
        FieldDefinition names = Weaver.Field(validator, "_privateNames");
        MethodDefinition method = Weaver.Method(validator, "VisitClassBody");
        method.Body.SimplifyMacros();
        Instruction? made = method.Body.Instructions.FirstOrDefault(static each => each.OpCode == OpCodes.Newobj && each.Next.OpCode == OpCodes.Stfld);
        Instruction? kept = method.Body.Instructions.FirstOrDefault(static each => each.OpCode == OpCodes.Stloc);
        if (made?.Operand is not MethodReference { DeclaringType: GenericInstanceType set, Parameters: [{ ParameterType: GenericInstanceType comparer }] } || kept?.Operand is not VariableDefinition outer)
        {
            throw new UnknownEngineException("The private names of a class are looked for in an unknown way.");
        }

        var many = new TypeReference("System.Collections.Generic", "IEnumerable`1", module, module.TypeSystem.CoreLibrary);
        many.GenericParameters.Add(new GenericParameter("T", many));
        var union = new MethodReference("UnionWith", module.TypeSystem.Void, set) { HasThis = true };
        union.Parameters.Add(new ParameterDefinition(new GenericInstanceType(many) { GenericArguments = { comparer.GenericArguments[0] } }));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction after = made.Next.Next;
        foreach (Instruction added in (Instruction[])
        [
            code.Create(OpCodes.Ldloc, outer),
            code.Create(OpCodes.Brfalse, after),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldfld, names),
            code.Create(OpCodes.Ldloc, outer),
            code.Create(OpCodes.Callvirt, union),
        ])
        {
            code.InsertBefore(after, added);
        }

        method.Body.OptimizeMacros();
    }
}
