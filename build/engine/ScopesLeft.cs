using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Where the engine does not know the names around a place. An exception out of the head of a loop, a switch or a class left the head's scope in force, so that in
/// <c>const x = 1; try { for (const x of fails()); } catch {} x</c> the last <c>x</c> was the loop's: a try statement goes on in the scope it began in. And a class in
/// another, in a text for <c>eval</c>, knew no private name of the outer one. A class that had waited left its own scope in force.
/// </summary>
internal static class ScopesLeft
{
    internal static void Restore(ModuleDefinition module)
    {
        MethodDefinition began = Began(module);
        AfterThrows(module, began);
        OfClasses(module, began);
        OfWaitingClasses(module, began.DeclaringType);
        OfDeclaredClasses(module);
        InNestedClasses(module);
    }

    // var b = _block.Execute(context); if (b.Type == CompletionType.Throw) { b = ExecuteCatch(…) } if (context.IsSuspended()) return b; return ExecuteFinalizer(…);
    // The scope it began in is restored before the handler and before the finalizer.
    private static void AfterThrows(ModuleDefinition module, MethodDefinition began)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintTryStatement"), "ExecuteInternal");
        method.Body.SimplifyMacros();
        Instruction[] all = [.. method.Body.Instructions];
        Instruction[] blocks = [.. all.Where(static each => each is { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_block" } })];
        Instruction[] catches = [.. all.Where(static each => each is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "ExecuteCatch" } })];
        Instruction[] finalizers = [.. all.Where(static each => each is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "ExecuteFinalizer" } })];
        Instruction[] contexts = [.. all.Where(static each => each.Operand is MethodReference { Name: "get_ExecutionContext" })];
        if (blocks is not [{ Previous.OpCode.Code: Code.Ldarg } block] || catches is not [var caught] || finalizers is not [var finalized]
            || contexts is not [{ Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition engine } }]
            || finalized.Previous is not { OpCode.Code: Code.Ldloc, Operand: VariableDefinition suspendable })
        {
            throw new UnknownEngineException("A try statement is executed in an unknown way.");
        }

        var outside = new VariableDefinition(began.ReturnType);
        method.Body.Variables.Add(outside);
        ILProcessor code = method.Body.GetILProcessor();

        // Whoever jumps to the block's execution meets this first: `this`, which was loaded there, is loaded again behind it.
        Instruction first = block.Previous;
        code.After(first,
        [
            code.Create(OpCodes.Ldloc, engine),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Call, began),
            code.Create(OpCodes.Stloc, outside),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
        ]);

        // The branch past the handler is taken before the handler's arguments are loaded: this, context, b, engine; for the finalizer, suspendable too.
        Restore(module, code, caught.Previous.Previous.Previous.Previous, engine, outside);
        Restore(module, code, finalized.Previous.Previous.Previous.Previous.Previous, engine, outside);
        method.Body.OptimizeMacros();
    }

    // if (outside != null) engine.UpdateLexicalEnvironment(outside); whoever jumps to what follows meets this first.
    private static void Restore(ModuleDefinition module, ILProcessor code, Instruction arguments, VariableDefinition engine, VariableDefinition outside)
    {
        if (arguments.OpCode.Code != Code.Ldarg)
        {
            throw new UnknownEngineException("A try statement is executed in an unknown way.");
        }

        Instruction go = code.Create(arguments.OpCode, (ParameterDefinition)arguments.Operand);
        (arguments.OpCode, arguments.Operand) = (OpCodes.Ldloc, outside);
        code.After(arguments,
        [
            code.Create(OpCodes.Brfalse, go),
            code.Create(OpCodes.Ldloc, engine),
            code.Create(OpCodes.Ldloc, outside),
            code.Create(OpCodes.Call, Weaver.Method(Weaver.Type(module, "Jint.Engine"), "UpdateLexicalEnvironment")),
            go,
        ]);
    }

    // JsValue BuildConstructor(EvaluationContext context, Environment env, …), which begins now with: env = Began(this, context.Engine, …Suspendable) ?? env;
    private static void OfClasses(ModuleDefinition module, MethodDefinition began)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.Function.ClassDefinition"), "BuildConstructor");
        if (method.Parameters is not [{ ParameterType.Name: "EvaluationContext" }, { ParameterType.Name: "Environment" }, ..])
        {
            throw new UnknownEngineException("A class is made in an unknown way.");
        }

        FieldDefinition engine = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "Engine");
        ILProcessor code = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0], unknown = code.Create(OpCodes.Pop);
        code.Before(first,
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldfld, engine),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Ldfld, engine),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Engine"), "get_ExecutionContext")),
            code.Create(OpCodes.Call, Weaver.Method(Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext"), "get_Suspendable")),
            code.Create(OpCodes.Call, began),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Brfalse, unknown),
            code.Create(OpCodes.Starg, method.Parameters[1]),
            code.Create(OpCodes.Br, first),
            unknown,
        ]);
    }

    // BuildConstructorCore(…); and now: Waits(context, env); an async function goes on at the beginning of its statement, which is not in the class's scope:
    // static void Waits(EvaluationContext context, Environment outside)
    // {
    //     if (context.IsSuspended() && context.Engine.ExecutionContext.AsyncFunction is { } function) function._savedContext = function._savedContext.UpdateLexicalEnvironment(outside);
    // }
    private static void OfWaitingClasses(ModuleDefinition module, TypeDefinition scopes)
    {
        TypeDefinition context = Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), execution = Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext");
        TypeDefinition function = Weaver.Type(module, "Jint.Native.AsyncFunction.AsyncFunctionInstance");
        FieldDefinition saved = Weaver.Field(function, "_savedContext");
        MethodDefinition waits = new("Waits", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        waits.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, context));
        waits.Parameters.Add(new ParameterDefinition("outside", ParameterAttributes.None, Weaver.Type(module, "Jint.Runtime.Environments.Environment")));
        waits.Body.Variables.Add(new VariableDefinition(function));
        waits.Body.InitLocals = true;
        ILProcessor code = waits.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Callvirt, Weaver.Method(context, "IsSuspended")),
            code.Create(OpCodes.Brfalse, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, Weaver.Field(context, "Engine")),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Engine"), "get_ExecutionContext")),
            code.Create(OpCodes.Ldfld, Weaver.Field(execution, "AsyncFunction")),
            code.Create(OpCodes.Stloc_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Brfalse, end),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Ldflda, saved),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Call, Weaver.Method(execution, "UpdateLexicalEnvironment")),
            code.Create(OpCodes.Stfld, saved),
            end,
        ]);

        scopes.Methods.Add(waits);
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Native.Function.ClassDefinition"), "BuildConstructor");
        Instruction made = method.Body.Instructions.FirstOrDefault(static each => each.Operand is MethodReference { Name: "BuildConstructorCore" }) ?? throw new UnknownEngineException("A class is made in an unknown way.");
        code = method.Body.GetILProcessor();
        code.InsertAfter(made, code.Create(OpCodes.Call, waits));
        code.InsertAfter(made, code.Create(OpCodes.Ldarg_2));
        code.InsertAfter(made, code.Create(OpCodes.Ldarg_1));
    }

    // var env = …LexicalEnvironment; var value = BuildConstructor(…); and now: if (context.IsSuspended()) return …; env = …LexicalEnvironment; the class is made, its scope has been left.
    private static void OfDeclaredClasses(ModuleDefinition module)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Statements.JintClassDeclarationStatement"), "ExecuteInternal");
        method.Body.SimplifyMacros();
        Instruction[] environments = [.. method.Body.Instructions.Where(static each => each is { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "LexicalEnvironment" } })];
        Instruction? made = method.Body.Instructions.FirstOrDefault(static each => each.Operand is MethodReference { Name: "BuildConstructor" });
        Instruction? end = method.Body.Instructions.FirstOrDefault(static each => each is { OpCode.Code: Code.Ldsfld, Operand: FieldReference { Name: "Instance", DeclaringType.Name: "JsEmpty" } })?.Previous;
        if (environments is not [{ Next: { OpCode.Code: Code.Stloc, Operand: VariableDefinition environment } } taken] || made?.Next is not { OpCode.Code: Code.Stloc, Next: { } next } || end is null)
        {
            throw new UnknownEngineException("A class is declared in an unknown way.");
        }

        TypeDefinition context = Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext");
        ILProcessor code = method.Body.GetILProcessor();
        code.Before(next,
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Callvirt, Weaver.Method(context, "IsSuspended")),
            code.Create(OpCodes.Brtrue, end),
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Ldfld, Weaver.Field(context, "Engine")),
            code.Create(OpCodes.Callvirt, (MethodReference)taken.Previous.Operand),
            code.Create(OpCodes.Ldfld, (FieldReference)taken.Operand),
            code.Create(OpCodes.Stloc, environment),
        ]);

        method.Body.OptimizeMacros();
    }

    /// <summary>
    /// Adds the method that tells in which scope a try statement or a class began: where it goes on after it has waited, that is not the one in force, so it is written down.
    /// <code>
    /// static Environment? Began(object key, Engine engine, ISuspendable? suspendable)
    /// {
    ///     if (suspendable is { IsResuming: true }) return suspendable.Data.TryGet(key, out TrySuspendData? known) ? known.OuterEnvironment : null;
    ///     if (suspendable != null) suspendable.Data.GetOrCreate(key).OuterEnvironment = engine.ExecutionContext.LexicalEnvironment;
    ///     return engine.ExecutionContext.LexicalEnvironment;
    /// }
    /// </code>
    /// </summary>
    private static MethodDefinition Began(ModuleDefinition module)
    {
        TypeDefinition suspendable = Weaver.Type(module, "Jint.Runtime.ISuspendable"), engine = Weaver.Type(module, "Jint.Engine"), data = Weaver.Type(module, "Jint.Runtime.TrySuspendData");
        TypeDefinition dictionary = Weaver.Type(module, "Jint.Runtime.SuspendDataDictionary");
        FieldDefinition environment = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Environments.ExecutionContext"), "LexicalEnvironment");
        MethodReference find = new GenericInstanceMethod(Weaver.Method(dictionary, "TryGet")) { GenericArguments = { data } };
        MethodReference create = new GenericInstanceMethod(Weaver.Method(dictionary, "GetOrCreate")) { GenericArguments = { data } };
        MethodDefinition method = new("Began", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, environment.FieldType);
        method.Parameters.Add(new ParameterDefinition("key", ParameterAttributes.None, module.TypeSystem.Object));
        method.Parameters.Add(new ParameterDefinition("engine", ParameterAttributes.None, engine));
        method.Parameters.Add(new ParameterDefinition("suspendable", ParameterAttributes.None, suspendable));
        method.Body.Variables.Add(new VariableDefinition(data));
        method.Body.InitLocals = true;
        ILProcessor code = method.Body.GetILProcessor();
        Instruction now = code.Create(OpCodes.Ldarg_1), begins = code.Create(OpCodes.Ldarg_2), knows = code.Create(OpCodes.Ldloc_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Brfalse, now),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, Weaver.Method(suspendable, "get_IsResuming")),
            code.Create(OpCodes.Brfalse, begins),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, Weaver.Method(suspendable, "get_Data")),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldloca, method.Body.Variables[0]),
            code.Create(OpCodes.Callvirt, find),
            code.Create(OpCodes.Brtrue, knows),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Ret),
            knows,
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "get_OuterEnvironment")),
            code.Create(OpCodes.Ret),
            begins,
            code.Create(OpCodes.Callvirt, Weaver.Method(suspendable, "get_Data")),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Callvirt, create),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, Weaver.Method(engine, "get_ExecutionContext")),
            code.Create(OpCodes.Ldfld, environment),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "set_OuterEnvironment")),
            now,
            code.Create(OpCodes.Callvirt, Weaver.Method(engine, "get_ExecutionContext")),
            code.Create(OpCodes.Ldfld, environment),
            code.Create(OpCodes.Ret),
        ]);

        var type = new TypeDefinition("Jint.Runtime", "BegunScopes", TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        type.Methods.Add(method);
        module.Types.Add(type);
        return method;
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
        code.Before(after,
        [
            code.Create(OpCodes.Ldloc, outer),
            code.Create(OpCodes.Brfalse, after),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldfld, names),
            code.Create(OpCodes.Ldloc, outer),
            code.Create(OpCodes.Callvirt, union),
        ]);

        method.Body.OptimizeMacros();
    }
}
