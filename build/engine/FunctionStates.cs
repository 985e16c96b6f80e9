using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// What the engine works out about a function (its names, whether they may outlive a call) is worked out when it is first called, as it does for code that was not
/// prepared, and not for each function of a prepared script: most functions of a bundle are never called, and each pass looks at all that is nested in them again.
/// And no call is a proper tail call, so nothing marks them: recursion without end is a RangeError, and every caller is in the stack trace.
/// </summary>
internal static class FunctionStates
{
    internal static void WaitForCalls(ModuleDefinition module)
    {
        TypeDefinition definition = Weaver.Type(module, "Jint.Runtime.Interpreter.JintFunctionDefinition");
        MethodDefinition[] visitors = [.. Weaver.Type(module, "Jint.Engine/AstAnalyzer").Methods.Where(static method => method.Name == "NodeVisitor")];
        Instruction[] builds = [.. visitors.SelectMany(static method => method.Body.Instructions).Where(static call => call.OpCode == OpCodes.Call && call.Operand is MethodReference { Name: "BuildState", DeclaringType.Name: "JintFunctionDefinition" })];
        if (builds is not [var build])
        {
            throw new UnknownEngineException($"Preparing a script works out states of functions in {builds.Length} places, where one is known.");
        }

        // (function, text) => text: what is kept for a function that nothing is known of yet.
        var later = new MethodDefinition("Later", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Object);
        foreach (ParameterDefinition parameter in ((MethodReference)build.Operand).Resolve().Parameters)
        {
            later.Parameters.Add(new ParameterDefinition(parameter.Name, ParameterAttributes.None, parameter.ParameterType));
        }

        later.Body.GetILProcessor().Emit(OpCodes.Ldarg_1);
        later.Body.GetILProcessor().Emit(OpCodes.Ret);
        definition.Methods.Add(later);
        build.Operand = later;

        TypeDefinition state = Weaver.Type(module, "Jint.Runtime.Interpreter.JintFunctionDefinition/State");
        FieldDefinition marked = Weaver.Field(state, "TailCallMarkersInitialized");
        MethodDefinition made = state.Methods.Single(static method => method.IsConstructor && !method.IsStatic);
        ILProcessor code = made.Body.GetILProcessor();
        Instruction first = made.Body.Instructions[0];
        code.InsertBefore(first, code.Create(OpCodes.Ldarg_0));
        code.InsertBefore(first, code.Create(OpCodes.Ldc_I4_1));
        code.InsertBefore(first, code.Create(OpCodes.Stfld, marked));
    }
}
