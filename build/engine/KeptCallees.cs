using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// What is called is what stood there before an argument waited: <c>handler.call(await answer)</c> called what <c>handler.call</c> had become meanwhile. The callee is
/// still looked for again, as the engine does when it goes on, but what was found the first time is called.
/// </summary>
internal static class KeptCallees
{
    internal static void Keep(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintCallExpression");
        MethodDefinition method = Weaver.Method(type, "EvaluateInternal");
        MethodDefinition kept = Kept(module, type);
        method.Body.SimplifyMacros();
        Instruction[] evaluated = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ArgumentListEvaluation" })];
        if (evaluated is not [{ Next: { OpCode.Code: Code.Stloc, Operand: VariableDefinition arguments } stored } list]
            || method.Body.Instructions.FirstOrDefault(static each => each.Operand is MethodReference { Name: "IsObject" }) is not { Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition callee } }
            || list.Previous is not { OpCode.Code: Code.Ldloca, Previous.Previous.Previous: { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_arguments" }, Previous: { OpCode.Code: Code.Ldarg } first } }
            || stored.Next is not { OpCode.Code: Code.Ldloc, Operand: VariableDefinition suspendable } next)
        {
            throw new UnknownEngineException("Arguments are evaluated in an unknown way.");
        }

        // bool goesOn = suspendable != null && suspendable.IsResuming; whoever jumps to the arguments meets this first.
        var goesOn = new VariableDefinition(module.TypeSystem.Boolean);
        method.Body.Variables.Add(goesOn);
        ILProcessor code = method.Body.GetILProcessor();
        Instruction none = code.Create(OpCodes.Ldc_I4, 0), known = code.Create(OpCodes.Stloc, goesOn);
        (first.OpCode, first.Operand) = (OpCodes.Ldloc, suspendable);
        code.After(first,
        [
            code.Create(OpCodes.Brfalse, none),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Runtime.ISuspendable"), "get_IsResuming")),
            code.Create(OpCodes.Br, known),
            none,
            known,
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
        ]);

        // callee = Kept(suspendable, callee, goesOn); in front of what follows on the arguments.
        code.Before(next,
        [
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Brfalse, next),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Ldloc, callee),
            code.Create(OpCodes.Ldloc, goesOn),
            code.Create(OpCodes.Call, kept),
            code.Create(OpCodes.Stloc, callee),
        ]);

        method.Body.OptimizeMacros();
    }

    /// <summary>
    /// Adds the method that remembers what is called as long as the arguments wait. The key is the call's node: the engine itself uses its handler as one.
    /// <code>
    /// JsValue Kept(ISuspendable suspendable, JsValue callee, bool goesOn)
    /// {
    ///     bool known = suspendable.Data.TryGet(_expression, out LeftOperandSuspendData? data) &amp;&amp; goesOn;
    ///     if (suspendable.IsSuspended) { if (!known) suspendable.Data.GetOrCreate(_expression).LeftValue = callee; return callee; }
    ///     if (!known) return callee;
    ///     suspendable.Data.Clear(_expression);
    ///     return data.LeftValue;
    /// }
    /// </code>
    /// What an argument that failed has left there is not known to a call that begins.
    /// </summary>
    private static MethodDefinition Kept(ModuleDefinition module, TypeDefinition type)
    {
        TypeDefinition suspendable = Weaver.Type(module, "Jint.Runtime.ISuspendable"), value = Weaver.Type(module, "Jint.Native.JsValue"), data = Weaver.Type(module, "Jint.Runtime.LeftOperandSuspendData");
        TypeDefinition dictionary = Weaver.Type(module, "Jint.Runtime.SuspendDataDictionary");
        FieldDefinition node = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintExpression"), "_expression");
        MethodReference all = Weaver.Method(suspendable, "get_Data");
        MethodReference find = new GenericInstanceMethod(Weaver.Method(dictionary, "TryGet")) { GenericArguments = { data } };
        MethodReference create = new GenericInstanceMethod(Weaver.Method(dictionary, "GetOrCreate")) { GenericArguments = { data } };
        MethodDefinition method = new("Kept", MethodAttributes.Private | MethodAttributes.HideBySig, value);
        method.Parameters.Add(new ParameterDefinition("suspendable", ParameterAttributes.None, suspendable));
        method.Parameters.Add(new ParameterDefinition("callee", ParameterAttributes.None, value));
        method.Parameters.Add(new ParameterDefinition("goesOn", ParameterAttributes.None, module.TypeSystem.Boolean));
        method.Body.Variables.Add(new VariableDefinition(data));
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Boolean));
        method.Body.InitLocals = true;
        ILProcessor code = method.Body.GetILProcessor();
        Instruction ended = code.Create(OpCodes.Ldloc_1), same = code.Create(OpCodes.Ldarg_2), given = code.Create(OpCodes.Ldarg_1);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, all),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, node),
            code.Create(OpCodes.Ldloca, method.Body.Variables[0]),
            code.Create(OpCodes.Callvirt, find),
            code.Create(OpCodes.Ldarg_3),
            code.Create(OpCodes.And),
            code.Create(OpCodes.Stloc_1),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, Weaver.Method(suspendable, "get_IsSuspended")),
            code.Create(OpCodes.Brfalse, ended),
            code.Create(OpCodes.Ldloc_1),
            code.Create(OpCodes.Brtrue, same),
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, all),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, node),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Callvirt, create),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "set_LeftValue")),
            code.Create(OpCodes.Br, same),
            ended,
            code.Create(OpCodes.Brtrue, given),
            same,
            code.Create(OpCodes.Ret),
            given,
            code.Create(OpCodes.Callvirt, all),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, node),
            code.Create(OpCodes.Callvirt, Weaver.Method(dictionary, "Clear")),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Callvirt, Weaver.Method(data, "get_LeftValue")),
            code.Create(OpCodes.Ret),
        ]);

        type.Methods.Add(method);
        return method;
    }
}
