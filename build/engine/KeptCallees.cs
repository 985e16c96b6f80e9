using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// What is called is what stood there before an argument waited, with the <c>this</c> it had: <c>handler.call(await answer)</c> looked for its callee again when it went
/// on, so that <c>handler</c> was evaluated and <c>call</c> read twice, and called what it had become meanwhile. And whether or not something waits, a getter is asked
/// once by <c>handler.call?.()</c>, which asked again when it had been told that there is nothing to call.
/// </summary>
internal static class KeptCallees
{
    private const string This = "ThisValue", Reference = "Reference";

    internal static void Keep(ModuleDefinition module)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintCallExpression");
        MethodDefinition method = Weaver.Method(type, "EvaluateInternal");
        var parts = new Parts(module, type);
        method.Body.SimplifyMacros();
        Instruction[] evaluated = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ArgumentListEvaluation" })];
        if (evaluated is not [{ Next: { OpCode.Code: Code.Stloc, Operand: VariableDefinition arguments } stored } list]
            || list.Previous is not { OpCode.Code: Code.Ldloca, Operand: VariableDefinition rented, Previous.Previous.Previous: { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_arguments" }, Previous: { OpCode.Code: Code.Ldarg } first } }
            || stored.Next is not { OpCode.Code: Code.Ldloc, Operand: VariableDefinition suspendable } next)
        {
            throw new UnknownEngineException("Arguments are evaluated in an unknown way.");
        }

        // value = found; thisObject = its own; reference = null; evaluated = found; goto known;
        if (method.Body.Instructions.FirstOrDefault(static each => each.OpCode.Code == Code.Isinst && each.Operand is TypeReference { Name: "ScriptFunction" }) is not { Previous.Previous: { OpCode.Code: Code.Brfalse, Previous: { OpCode.Code: Code.Ldloc } known } }
            || method.Body.Instructions.Where(each => each.OpCode.Code == Code.Br && each.Operand == known).ToArray() is not [{ Previous: { OpCode.Code: Code.Stloc, Operand: VariableDefinition whole } found }]
            || found.Previous.Previous is not { OpCode.Code: Code.Stloc, Operand: VariableDefinition reference, Previous: { OpCode.Code: Code.Ldnull, Previous: { OpCode.Code: Code.Stloc, Operand: VariableDefinition own } its } }
            || its.Previous.Previous is not { OpCode.Code: Code.Stloc, Operand: VariableDefinition callee }
            || method.Body.Instructions.FirstOrDefault(static each => each.Operand is FieldReference { Name: "_calleeMember" }) is not { Previous: { OpCode.Code: Code.Ldarg } start })
        {
            throw new UnknownEngineException("What is called is looked for in an unknown way.");
        }

        var kept = new VariableDefinition(parts.Data);
        method.Body.Variables.Add(kept);
        method.Body.InitLocals = true;

        // No local's address is taken in what follows: it would be no register's, in the calls that do not wait as well.
        ILProcessor code = method.Body.GetILProcessor();

        Missing(method, code);

        // if (suspendable?.IsResuming && (kept = Found(suspendable)) != null) { callee = kept.LeftValue; …; goto known; }
        Instruction isWhole = code.Create(OpCodes.Stloc, whole);
        code.Before(start,
        [
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Brfalse, start),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Callvirt, Weaver.Method(parts.Suspendable, "get_IsResuming")),
            code.Create(OpCodes.Brfalse, start),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Call, parts.Found()),
            code.Create(OpCodes.Stloc, kept),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Brfalse, start),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Callvirt, Weaver.Method(parts.Data, "get_LeftValue")),
            code.Create(OpCodes.Stloc, callee),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldfld, parts.This),
            code.Create(OpCodes.Stloc, own),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldfld, parts.Reference),
            code.Create(OpCodes.Stloc, reference),
            code.Create(OpCodes.Ldloc, reference),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Brtrue, isWhole),
            code.Create(OpCodes.Pop),
            code.Create(OpCodes.Ldloc, callee),
            isWhole,
            code.Create(OpCodes.Br, known),
        ]);

        // if (kept != null) arguments = GoOn(context, suspendable, out rented); else …; whoever jumps to the arguments meets this first.
        Instruction anew = code.Create(OpCodes.Ldarg, method.Body.ThisParameter), given = code.Create(OpCodes.Ldloc, suspendable);
        (first.OpCode, first.Operand) = (OpCodes.Ldloc, kept);
        code.After(first,
        [
            code.Create(OpCodes.Brfalse, anew),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Ldloca, rented),
            code.Create(OpCodes.Call, parts.GoOn((MethodReference)list.Operand)),
            code.Create(OpCodes.Stloc, arguments),
            code.Create(OpCodes.Br, given),
            anew,
        ]);

        // if (suspendable != null) reference = Keep(suspendable, kept, callee, thisObject, reference);
        code.Before(next,
        [
            given,
            code.Create(OpCodes.Brfalse, next),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldloc, suspendable),
            code.Create(OpCodes.Ldloc, kept),
            code.Create(OpCodes.Ldloc, callee),
            code.Create(OpCodes.Ldloc, own),
            code.Create(OpCodes.Ldloc, reference),
            code.Create(OpCodes.Call, parts.Keep()),
            code.Create(OpCodes.Stloc, reference),
        ]);

        method.Body.OptimizeMacros();
    }

    // if (!IsCallableFlagged(found)) { … found = null; } and now, first in there: if (its is ObjectInstance && found.IsNullOrUndefined() && _expression.IsOptional())
    // return ShortCircuit(); where there is no object, nothing has been looked for yet.
    private static void Missing(MethodDefinition method, ILProcessor code)
    {
        Instruction Called(string name) => method.Body.Instructions.FirstOrDefault(each => each.Operand is MethodReference called && called.Name == name)
            ?? throw new UnknownEngineException($"What is called is looked for without {name}.");
        Instruction optional = Called("IsOptional");
        if (Called("GetCalleeForCall") is not { Previous: { OpCode.Code: Code.Ldloca, Operand: VariableDefinition its } }
            || Called("IsCallableFlagged") is not { Previous: { OpCode.Code: Code.Ldloc, Operand: VariableDefinition found }, Next: { OpCode.Code: Code.Brtrue, Next: { OpCode.Code: Code.Ldnull } forget } })
        {
            throw new UnknownEngineException("What cannot be called is looked for in an unknown way.");
        }

        code.Before(forget,
        [
            code.Create(OpCodes.Ldloc, its),
            code.Create(OpCodes.Isinst, Weaver.Type(method.Module, "Jint.Native.Object.ObjectInstance")),
            code.Create(OpCodes.Brfalse, forget),
            code.Create(OpCodes.Ldloc, found),
            code.Create(OpCodes.Call, (MethodReference)Called("IsNullOrUndefined").Operand),
            code.Create(OpCodes.Brfalse, forget),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldfld, (FieldReference)optional.Previous.Operand),
            code.Create(OpCodes.Call, (MethodReference)optional.Operand),
            code.Create(OpCodes.Brfalse, forget),
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Call, (MethodReference)Called("ShortCircuit").Operand),
            code.Create(OpCodes.Ret),
        ]);
    }

    /// <summary>What the engine has to remember with, and the methods that do.</summary>
    private sealed class Parts
    {
        private readonly ModuleDefinition _module;
        private readonly TypeDefinition _type;

        internal Parts(ModuleDefinition module, TypeDefinition type)
        {
            (_module, _type) = (module, type);
            Suspendable = Weaver.Type(module, "Jint.Runtime.ISuspendable");
            Data = Weaver.Type(module, "Jint.Runtime.LeftOperandSuspendData");
            Dictionary = Weaver.Type(module, "Jint.Runtime.SuspendDataDictionary");
            Node = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintExpression"), "_expression");
            All = Weaver.Method(Suspendable, "get_Data");
            Data.Fields.Add(This = new FieldDefinition(KeptCallees.This, FieldAttributes.Assembly, Weaver.Type(module, "Jint.Native.JsValue")));
            Data.Fields.Add(Reference = new FieldDefinition(KeptCallees.Reference, FieldAttributes.Assembly, Weaver.Type(module, "Jint.Runtime.Reference")));
        }

        internal TypeDefinition Suspendable { get; }

        internal TypeDefinition Data { get; }

        internal TypeDefinition Dictionary { get; }

        internal FieldDefinition Node { get; }

        internal FieldDefinition This { get; }

        internal FieldDefinition Reference { get; }

        internal MethodReference All { get; }

        /// <summary>
        /// Adds the method that looks for what was called.
        /// <code>
        /// LeftOperandSuspendData? Found(ISuspendable suspendable) => suspendable.Data.TryGet(_expression, out LeftOperandSuspendData? data) ? data : null;
        /// </code>
        /// </summary>
        internal MethodDefinition Found()
        {
            var method = new MethodDefinition("Found", MethodAttributes.Private | MethodAttributes.HideBySig, Data);
            method.Parameters.Add(new ParameterDefinition(Suspendable));
            method.Body.Variables.Add(new VariableDefinition(Data));
            method.Body.InitLocals = true;
            method.Body.GetILProcessor().Add(
            [
                Instruction.Create(OpCodes.Ldarg_1),
                Instruction.Create(OpCodes.Callvirt, All),
                Instruction.Create(OpCodes.Ldarg_0),
                Instruction.Create(OpCodes.Ldfld, Node),
                Instruction.Create(OpCodes.Ldloca, method.Body.Variables[0]),
                Instruction.Create(OpCodes.Callvirt, new GenericInstanceMethod(Weaver.Method(Dictionary, "TryGet")) { GenericArguments = { Data } }),
                Instruction.Create(OpCodes.Pop),
                Instruction.Create(OpCodes.Ldloc_0),
                Instruction.Create(OpCodes.Ret),
            ]);

            _type.Methods.Add(method);
            return method;
        }

        /// <summary>
        /// Adds the method that remembers what is called as long as the arguments wait. The key is the call's node: the engine itself uses its handler as one. The
        /// reference is not to be used for another meanwhile.
        /// <code>
        /// Reference? Keep(ISuspendable suspendable, LeftOperandSuspendData? kept, JsValue callee, JsValue thisObject, Reference? reference)
        /// {
        ///     if (!suspendable.IsSuspended) { if (kept != null) suspendable.Data.Clear(_expression); return reference; }
        ///     kept ??= suspendable.Data.GetOrCreate(_expression);
        ///     (kept.LeftValue, kept.ThisValue, kept.Reference) = (callee, thisObject, reference);
        ///     return null;
        /// }
        /// </code>
        /// </summary>
        internal MethodDefinition Keep()
        {
            var method = new MethodDefinition("Keep", MethodAttributes.Private | MethodAttributes.HideBySig, Reference.FieldType);
            foreach (TypeReference each in (TypeReference[])[Suspendable, Data, This.FieldType, This.FieldType, Reference.FieldType])
            {
                method.Parameters.Add(new ParameterDefinition(each));
            }

            ILProcessor code = method.Body.GetILProcessor();
            Instruction waits = code.Create(OpCodes.Ldarg_2), known = code.Create(OpCodes.Ldarg_2), same = code.Create(OpCodes.Ldarg, method.Parameters[4]);
            code.Add(
            [
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Callvirt, Weaver.Method(Suspendable, "get_IsSuspended")),
                code.Create(OpCodes.Brtrue, waits),
                code.Create(OpCodes.Ldarg_2),
                code.Create(OpCodes.Brfalse, same),
                .. Clear(code),
                same,
                code.Create(OpCodes.Ret),
                waits,
                code.Create(OpCodes.Brtrue, known),
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Callvirt, All),
                code.Create(OpCodes.Ldarg_0),
                code.Create(OpCodes.Ldfld, Node),
                code.Create(OpCodes.Ldnull),
                code.Create(OpCodes.Callvirt, new GenericInstanceMethod(Weaver.Method(Dictionary, "GetOrCreate")) { GenericArguments = { Data } }),
                code.Create(OpCodes.Starg, method.Parameters[1]),
                known,
                code.Create(OpCodes.Ldarg_3),
                code.Create(OpCodes.Callvirt, Weaver.Method(Data, "set_LeftValue")),
                code.Create(OpCodes.Ldarg_2),
                code.Create(OpCodes.Ldarg, method.Parameters[3]),
                code.Create(OpCodes.Stfld, This),
                code.Create(OpCodes.Ldarg_2),
                code.Create(OpCodes.Ldarg, method.Parameters[4]),
                code.Create(OpCodes.Stfld, Reference),
                code.Create(OpCodes.Ldnull),
                code.Create(OpCodes.Ret),
            ]);

            _type.Methods.Add(method);
            return method;
        }

        /// <summary>
        /// Adds the method that goes on with the arguments. When they fail, the same call may be begun again, and wait within its callee first: it must not find what was
        /// called before.
        /// <code>
        /// JsValue[] GoOn(EvaluationContext context, ISuspendable suspendable, out bool rented)
        /// {
        ///     try { return _arguments.ArgumentListEvaluation(context, this, out rented); }
        ///     catch { suspendable.Data.Clear(_expression); throw; }
        /// }
        /// </code>
        /// </summary>
        internal MethodDefinition GoOn(MethodReference evaluate)
        {
            var method = new MethodDefinition("GoOn", MethodAttributes.Private | MethodAttributes.HideBySig, evaluate.ReturnType);
            method.Parameters.Add(new ParameterDefinition(evaluate.Parameters[0].ParameterType));
            method.Parameters.Add(new ParameterDefinition(Suspendable));
            method.Parameters.Add(new ParameterDefinition(new ByReferenceType(_module.TypeSystem.Boolean)));
            method.Body.Variables.Add(new VariableDefinition(evaluate.ReturnType));
            method.Body.InitLocals = true;
            ILProcessor code = method.Body.GetILProcessor();
            Instruction tried = code.Create(OpCodes.Ldarg_0), caught = code.Create(OpCodes.Pop), end = code.Create(OpCodes.Ldloc_0);
            code.Add(
            [
                tried,
                code.Create(OpCodes.Ldfld, Weaver.Field(_type, "_arguments")),
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Ldarg_0),
                code.Create(OpCodes.Ldarg_3),
                code.Create(OpCodes.Callvirt, evaluate),
                code.Create(OpCodes.Stloc_0),
                code.Create(OpCodes.Leave, end),
                caught,
                .. Clear(code, suspendable: OpCodes.Ldarg_2),
                code.Create(OpCodes.Rethrow),
                end,
                code.Create(OpCodes.Ret),
            ]);

            method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch) { TryStart = tried, TryEnd = caught, HandlerStart = caught, HandlerEnd = end, CatchType = _module.TypeSystem.Object });
            _type.Methods.Add(method);
            return method;
        }

        // suspendable.Data.Clear(_expression);
        private Instruction[] Clear(ILProcessor code, OpCode? suspendable = null) =>
        [
            code.Create(suspendable ?? OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, All),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, Node),
            code.Create(OpCodes.Callvirt, Weaver.Method(Dictionary, "Clear")),
        ];
    }
}
