using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// Texts do not change. What <c>+=</c> made was appended to in place by the next one, wherever it had been put meanwhile: in an object, frozen or not, into a closure, to
/// a generator's caller, into a compartment that had looked at it. Now each <c>+=</c> makes a text of its own. Those that come from each other share a buffer, of which
/// each is as much as was there when it was made; whoever is not at the buffer's end takes a copy before appending.
/// </summary>
internal static class KeptTexts
{
    internal static void Keep(ModuleDefinition module)
    {
        TypeDefinition text = Weaver.Type(module, "Jint.Native.JsString/ConcatenatedString");
        var parts = new Parts(module, text);
        text.Fields.Add(parts.Length);
        Construct(text, parts);
        Append(module, text, parts);
        Materialize(text, parts);
        AnswerLength(text, parts);
        Compare(module, text);
        GiveToVariables(module, text);
    }

    // ConcatenatedString(string value, int capacity) makes a buffer only when there is a capacity; and now: _length = value.Length; with it.
    private static void Construct(TypeDefinition text, Parts parts)
    {
        if (Weaver.Method(text, ".ctor").Body.Instructions.SingleOrDefault(static each => each.OpCode == OpCodes.Stfld && each.Operand is FieldReference { Name: "_stringBuilder" }) is not { } made)
        {
            throw new UnknownEngineException("A text's buffer is made in an unknown way.");
        }

        Weaver.Method(text, ".ctor").Body.GetILProcessor().After(made,
        [
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldarg_1),
            Instruction.Create(OpCodes.Callvirt, parts.LengthOfString),
            Instruction.Create(OpCodes.Stfld, parts.Length),
        ]);
    }

    /// <summary>
    /// <code>
    /// JsString Append(Realm realm, string value)
    /// {
    ///     ThrowIfLengthExceeded(realm, (long)Length + value.Length);
    ///     StringBuilder? buffer = _stringBuilder;
    ///     if (buffer == null || buffer.Length != _length) buffer = new StringBuilder(ToString(), Length + value.Length);
    ///     buffer.Append(value);
    ///     return new ConcatenatedString(null, 0) { _stringBuilder = buffer, _length = buffer.Length };
    /// }
    /// </code>
    /// </summary>
    private static void Append(ModuleDefinition module, TypeDefinition text, Parts parts)
    {
        MethodDefinition method = Weaver.Method(text, "Append");
        MethodReference exceeded = Weaver.Method(Weaver.Type(module, "Jint.Native.JsString"), "ThrowIfLengthExceeded");
        ILProcessor code = Emptied(method);
        method.Body.Variables.Add(new VariableDefinition(parts.Buffer.FieldType));
        Instruction copied = code.Create(OpCodes.Ldarg_0), ready = code.Create(OpCodes.Ldloc_0);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            .. LengthOf(code, parts),
            code.Create(OpCodes.Conv_I8),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, parts.LengthOfString),
            code.Create(OpCodes.Conv_I8),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Call, exceeded),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, parts.Buffer),
            code.Create(OpCodes.Stloc_0),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Brfalse, copied),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Callvirt, parts.LengthOfBuffer),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldfld, parts.Length),
            code.Create(OpCodes.Beq, ready),
            copied,
            code.Create(OpCodes.Callvirt, parts.Whole),
            .. LengthOf(code, parts),
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, parts.LengthOfString),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Newobj, parts.MakeBuffer),
            code.Create(OpCodes.Stloc_0),
            ready,
            code.Create(OpCodes.Ldarg_2),
            code.Create(OpCodes.Callvirt, parts.AppendToBuffer),
            code.Create(OpCodes.Pop),
            code.Create(OpCodes.Ldnull),
            code.Create(OpCodes.Ldc_I4_0),
            code.Create(OpCodes.Newobj, Weaver.Method(text, ".ctor")),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Stfld, parts.Buffer),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Ldloc_0),
            code.Create(OpCodes.Callvirt, parts.LengthOfBuffer),
            code.Create(OpCodes.Stfld, parts.Length),
            code.Create(OpCodes.Ret),
        ]);
    }

    // string Materialize() => _value = _stringBuilder.ToString(0, _length);
    private static void Materialize(TypeDefinition text, Parts parts)
    {
        MethodDefinition method = Weaver.Method(text, "Materialize");
        Instruction[] whole = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "ToString" })];
        if (whole is not [{ Previous: { OpCode.Code: Code.Ldfld, Operand: FieldReference { Name: "_stringBuilder" } } } made])
        {
            throw new UnknownEngineException("A text is made whole in an unknown way.");
        }

        method.Body.GetILProcessor().Before(made, [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, parts.Length)]);
        made.Operand = parts.PartOfBuffer;
    }

    // int Length => _stringBuilder != null ? _length : _value?.Length ?? 0;
    private static void AnswerLength(TypeDefinition text, Parts parts)
    {
        MethodDefinition method = Weaver.Method(text, "get_Length");
        if (method.Body.Instructions is not [.., { Operand: MethodReference { Name: "get_Length", DeclaringType.Name: "StringBuilder" } } asked, { OpCode.Code: Code.Ret }])
        {
            throw new UnknownEngineException("A text knows its length in an unknown way.");
        }

        (asked.OpCode, asked.Operand) = (OpCodes.Pop, null);
        method.Body.GetILProcessor().After(asked, [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, parts.Length)]);
    }

    // bool Equals(string? other) and bool Equals(JsString? other) => other != null && Length == other.Length && string.Equals(ToString(), other.ToString());
    private static void Compare(ModuleDefinition module, TypeDefinition text)
    {
        MethodReference whole = Parts.WholeOf(module), lengthOfText = Weaver.Method(Weaver.Type(module, "Jint.Native.JsString"), "get_Length");
        MethodReference equal = new("Equals", module.TypeSystem.Boolean, module.TypeSystem.String) { Parameters = { new ParameterDefinition(module.TypeSystem.String), new ParameterDefinition(module.TypeSystem.String) } };
        MethodDefinition[] compared = [.. text.Methods.Where(static method => method.Name == "Equals")];
        if (compared.Length != 2)
        {
            throw new UnknownEngineException("Texts are compared in an unknown way.");
        }

        foreach (MethodDefinition method in compared)
        {
            MethodReference length = method.Parameters[0].ParameterType.MetadataType == MetadataType.String ? Parts.LengthOf(module) : lengthOfText;
            ILProcessor code = Emptied(method);
            Instruction different = code.Create(OpCodes.Ldc_I4_0);
            code.Add(
            [
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Brfalse, different),
                code.Create(OpCodes.Ldarg_0),
                code.Create(OpCodes.Callvirt, lengthOfText),
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Callvirt, length),
                code.Create(OpCodes.Bne_Un, different),
                code.Create(OpCodes.Ldarg_0),
                code.Create(OpCodes.Callvirt, whole),
                code.Create(OpCodes.Ldarg_1),
                code.Create(OpCodes.Callvirt, whole),
                code.Create(OpCodes.Call, equal),
                code.Create(OpCodes.Ret),
                different,
                code.Create(OpCodes.Ret),
            ]);
        }
    }

    // wasMutatedInPlace = left is ConcatenatedString; becomes false, so that the variable is given the text that was made.
    private static void GiveToVariables(ModuleDefinition module, TypeDefinition text)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintAssignmentExpression"), "ComputeCompound");
        Instruction[] asked = [.. method.Body.Instructions.Where(each => each.OpCode == OpCodes.Isinst && each.Operand == text)];
        if (asked is not [{ Next: { OpCode.Code: Code.Ldnull, Next: { OpCode.Code: Code.Cgt_Un, Next.OpCode.Code: Code.Stind_I1 } } } one])
        {
            throw new UnknownEngineException("Texts are appended to in an unknown way.");
        }

        (one.OpCode, one.Operand) = (OpCodes.Pop, null);
        method.Body.GetILProcessor().InsertAfter(one, Instruction.Create(OpCodes.Ldnull));
    }

    private static Instruction[] LengthOf(ILProcessor code, Parts parts) => [code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Callvirt, parts.LengthOfText)];

    private static ILProcessor Emptied(MethodDefinition method)
    {
        method.Body.Instructions.Clear();
        method.Body.Variables.Clear();
        method.Body.InitLocals = true;
        return method.Body.GetILProcessor();
    }

    /// <summary>What the changed methods refer to.</summary>
    private sealed class Parts
    {
        internal Parts(ModuleDefinition module, TypeDefinition text)
        {
            Buffer = Weaver.Field(text, "_stringBuilder");
            TypeReference buffer = Buffer.FieldType;
            LengthOfString = LengthOf(module);
            LengthOfText = Weaver.Method(Weaver.Type(module, "Jint.Native.JsString"), "get_Length");
            LengthOfBuffer = new MethodReference("get_Length", module.TypeSystem.Int32, buffer) { HasThis = true };
            AppendToBuffer = new MethodReference("Append", buffer, buffer) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.String) } };
            Whole = WholeOf(module);
            PartOfBuffer = new MethodReference("ToString", module.TypeSystem.String, buffer) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Int32), new ParameterDefinition(module.TypeSystem.Int32) } };
            MakeBuffer = new MethodReference(".ctor", module.TypeSystem.Void, buffer) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.String), new ParameterDefinition(module.TypeSystem.Int32) } };
            Length = new FieldDefinition("_length", FieldAttributes.Private, module.TypeSystem.Int32);
        }

        internal FieldDefinition Buffer { get; }

        /// <summary>How much of the buffer this text is.</summary>
        internal FieldDefinition Length { get; }

        internal MethodReference LengthOfString { get; }

        internal MethodReference LengthOfText { get; }

        internal MethodReference LengthOfBuffer { get; }

        internal MethodReference AppendToBuffer { get; }

        internal MethodReference Whole { get; }

        internal MethodReference PartOfBuffer { get; }

        internal MethodReference MakeBuffer { get; }

        internal static MethodReference LengthOf(ModuleDefinition module) => new("get_Length", module.TypeSystem.Int32, module.TypeSystem.String) { HasThis = true };

        internal static MethodReference WholeOf(ModuleDefinition module) => new("ToString", module.TypeSystem.String, module.TypeSystem.Object) { HasThis = true };
    }
}
