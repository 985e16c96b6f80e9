using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// An <c>arguments</c> is never put by for another call. The engine did that when a call had returned, although the call's scope may live on and name it: there it then
/// held what any later function had been called with.
/// </summary>
internal static class PutByArguments
{
    internal static void Never(ModuleDefinition module)
    {
        MethodDefinition putBy = Weaver.Type(module, "Jint.Pooling.ArgumentsInstancePool").Methods.SingleOrDefault(static method => method.Name == "Return")
            ?? throw new UnknownEngineException("No arguments are put by.");
        putBy.Body.Instructions.Clear();
        putBy.Body.GetILProcessor().Emit(OpCodes.Ret);
    }
}
