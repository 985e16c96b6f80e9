using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Tells the host of all that is built to interpret functions, and discards any of it. Such a body remembers the objects that came by last. The engine can forget
/// them (<c>DiscardInterpreterCaches</c>), but only of declared functions that were not there the last time: an object that an arrow function was called with stayed
/// for as long as that function was not called again, and so did what other vats hold for it.
/// </summary>
internal static class FunctionBodies
{
    /// <summary>
    /// <c>public static Action&lt;object&gt;? Built</c>, given each definition whose body has been built, and <c>public static void Discard(object definition)</c>. An
    /// asynchronous arrow function without braces keeps its body: it looks for it again when it goes on after an await.
    /// </summary>
    internal static void Tell(ModuleDefinition module)
    {
        TypeDefinition definition = Weaver.Type(module, "Jint.Runtime.Interpreter.JintFunctionDefinition");
        FieldDefinition expression = Weaver.Field(definition, "_bodyExpression"), function = Weaver.Field(definition, "Function");
        expression.IsAssembly = true;
        MethodDefinition discardBody = definition.Methods.SingleOrDefault(static method => method.Name == "DiscardBody") ?? throw new UnknownEngineException("Bodies cannot be discarded.");
        MethodReference isAsync = definition.Methods.Where(static method => method.HasBody).SelectMany(static method => method.Body.Instructions)
            .Select(static call => call.Operand).OfType<MethodReference>().FirstOrDefault(static called => called.Name == "get_Async" && called.DeclaringType.Name == "IFunction")
            ?? throw new UnknownEngineException("Nothing asks whether a function is asynchronous.");

        var type = new TypeDefinition("Jint.Runtime", "FunctionBodies", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var action = new GenericInstanceType(new TypeReference("System", "Action`1", module, module.TypeSystem.CoreLibrary)) { GenericArguments = { module.TypeSystem.Object } };
        action.ElementType.GenericParameters.Add(new GenericParameter("T", action.ElementType));
        var built = new FieldDefinition("Built", FieldAttributes.Public | FieldAttributes.Static, action);
        var tell = new MethodDefinition("Tell", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        tell.Parameters.Add(new ParameterDefinition("definition", ParameterAttributes.None, module.TypeSystem.Object));
        ILProcessor code = tell.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldsfld, built);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldsfld, built);
        code.Emit(OpCodes.Ldarg_0);
        var invoke = new MethodReference("Invoke", module.TypeSystem.Void, action) { HasThis = true };
        invoke.Parameters.Add(new ParameterDefinition(action.ElementType.GenericParameters[0]));
        code.Emit(OpCodes.Callvirt, invoke);
        code.Append(end);

        var discard = new MethodDefinition("Discard", MethodAttributes.Static | MethodAttributes.Public | MethodAttributes.HideBySig, module.TypeSystem.Void);
        discard.Parameters.Add(new ParameterDefinition("definition", ParameterAttributes.None, module.TypeSystem.Object));
        code = discard.Body.GetILProcessor();
        Instruction keep = code.Create(OpCodes.Ret), go = code.Create(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, definition);
        code.Emit(OpCodes.Ldfld, expression);
        code.Emit(OpCodes.Brfalse, go);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, definition);
        code.Emit(OpCodes.Ldfld, function);
        code.Emit(OpCodes.Callvirt, isAsync);
        code.Emit(OpCodes.Brtrue, keep);
        code.Append(go);
        code.Emit(OpCodes.Castclass, definition);
        code.Emit(OpCodes.Callvirt, discardBody);
        code.Append(keep);

        type.Fields.Add(built);
        type.Methods.Add(tell);
        type.Methods.Add(discard);
        module.Types.Add(type);

        int places = 0;
        foreach (MethodDefinition method in definition.Methods.Where(static method => method.HasBody))
        {
            Instruction[] stores = [.. method.Body.Instructions.Where(static store => store.OpCode == OpCodes.Stfld && store.Operand is FieldReference { Name: "_bodyExpression" or "_bodyStatementList" }
                && store.Previous.OpCode != OpCodes.Ldnull)];
            if (stores.Length == 0)
            {
                continue;
            }

            method.Body.SimplifyMacros();
            ILProcessor body = method.Body.GetILProcessor();
            foreach (Instruction store in stores)
            {
                body.InsertAfter(store, body.Create(OpCodes.Call, tell));
                body.InsertAfter(store, body.Create(OpCodes.Ldarg, method.Body.ThisParameter));
                places++;
            }

            method.Body.OptimizeMacros();
        }

        if (places != 8)
        {
            throw new UnknownEngineException($"Bodies of functions are built in {places} places, where 8 are known.");
        }
    }
}
