using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// A regular expression has at most 64 Ki code units, then it is a SyntaxError, as in V8 where its code becomes too large. Nothing interrupts their being compiled: two
/// million code units took eight seconds, and the host was killed for it.
/// </summary>
internal static class PatternLength
{
    private const int Most = 1 << 16;

    internal static void Bound(ModuleDefinition module)
    {
        MethodDefinition check = Check(module);
        var type = new TypeDefinition("Jint.Runtime", "PatternLength", TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        type.Methods.Add(check);
        module.Types.Add(type);
        OfConstructed(module, check);
        OfLiterals(module, check);
    }

    // static void Check(Realm realm, string pattern) { if (pattern.Length > Most) Throw.SyntaxError(realm, "…"); }
    private static MethodDefinition Check(ModuleDefinition module)
    {
        MethodDefinition failed = Weaver.Type(module, "Jint.Runtime.Throw").Methods.SingleOrDefault(static method => method is { Name: "SyntaxError", Parameters: [{ ParameterType.Name: "Realm" }, { ParameterType.MetadataType: MetadataType.String }] })
            ?? throw new UnknownEngineException("SyntaxErrors are thrown in an unknown way.");
        MethodReference length = new("get_Length", module.TypeSystem.Int32, module.TypeSystem.String) { HasThis = true };
        MethodDefinition method = new("Check", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        method.Parameters.Add(new ParameterDefinition("realm", ParameterAttributes.None, failed.Parameters[0].ParameterType));
        method.Parameters.Add(new ParameterDefinition("pattern", ParameterAttributes.None, module.TypeSystem.String));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Add(
        [
            code.Create(OpCodes.Ldarg_1),
            code.Create(OpCodes.Callvirt, length),
            code.Create(OpCodes.Ldc_I4, Most),
            code.Create(OpCodes.Ble, end),
            code.Create(OpCodes.Ldarg_0),
            code.Create(OpCodes.Ldstr, "Invalid regular expression: Regular expression too large"),
            code.Create(OpCodes.Call, failed),
            end,
        ]);

        return method;
    }

    // RegExpInitialize(…) validates the pattern; before that, Check(_realm, pattern).
    private static void OfConstructed(ModuleDefinition module, MethodDefinition check)
    {
        TypeDefinition type = Weaver.Type(module, "Jint.Native.RegExp.RegExpConstructor");
        Instruction[] validated = [.. type.Methods.Where(static method => method is { Name: "RegExpInitialize", HasBody: true }).SelectMany(static method => method.Body.Instructions).Where(static each => each.Operand is MethodReference { Name: "ValidateRegExp" })];
        if (validated is not [var call])
        {
            throw new UnknownEngineException("Patterns are validated in an unknown way.");
        }

        MethodDefinition method = type.Methods.Single(method => method.HasBody && method.Body.Instructions.Contains(call));
        method.Body.SimplifyMacros();
        Instruction first = call;
        while (!(first.OpCode.Code == Code.Ldloc && ((VariableDefinition)first.Operand).Index == 0))
        {
            first = first.Previous ?? throw new UnknownEngineException("The pattern that is validated is not what it was.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.Before(first,
        [
            code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
            code.Create(OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, "Jint.Native.Function.Function"), "_realm")),
            code.Create(OpCodes.Ldloc, (VariableDefinition)first.Operand),
            code.Create(OpCodes.Call, check),
        ]);

        method.Body.OptimizeMacros();
    }

    // string pattern = literal.RegExp.Pattern; and now Check(context.Engine.Realm, pattern);
    private static void OfLiterals(ModuleDefinition module, MethodDefinition check)
    {
        MethodDefinition method = Weaver.Method(Weaver.Type(module, "Jint.Runtime.Interpreter.Expressions.JintLiteralExpression"), "ResolveValue");
        method.Body.SimplifyMacros();
        Instruction[] read = [.. method.Body.Instructions.Where(static each => each.Operand is MethodReference { Name: "get_Pattern" })];
        FieldDefinition engine = Weaver.Field(Weaver.Type(module, "Jint.Runtime.Interpreter.EvaluationContext"), "Engine");
        MethodDefinition realm = Weaver.Method(Weaver.Type(module, "Jint.Engine"), "get_Realm");
        if (read is not [{ Next: { OpCode.Code: Code.Stloc, Operand: VariableDefinition pattern } stored }])
        {
            throw new UnknownEngineException("The pattern of a literal is read in an unknown way.");
        }

        ILProcessor code = method.Body.GetILProcessor();
        code.After(stored,
        [
            code.Create(OpCodes.Ldarg, method.Parameters[0]),
            code.Create(OpCodes.Ldfld, engine),
            code.Create(OpCodes.Callvirt, realm),
            code.Create(OpCodes.Ldloc, pattern),
            code.Create(OpCodes.Call, check),
        ]);

        method.Body.OptimizeMacros();
    }
}
