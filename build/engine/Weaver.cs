using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// Changes the engine's assembly where its package cannot be told to do what is needed here. Each change says what is wrong without it; nothing else is changed, and
/// what is not found as expected is an error.
/// </summary>
internal static class Weaver
{
    internal static void Weave(string from, string to)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(from)));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(from, new ReaderParameters { AssemblyResolver = resolver });
        ObjectField.Add(assembly.MainModule);
        LongOperations.Announce(assembly.MainModule);
        PutByEnvironments.Empty(assembly.MainModule);
        PutByArguments.Never(assembly.MainModule);
        FunctionStates.WaitForCalls(assembly.MainModule);
        TraverseDepth.Bound(assembly.MainModule);
        StackDepth.Bound(assembly.MainModule);
        TraceLength.Bound(assembly.MainModule);
        TextLength.Bound(assembly.MainModule);
        PatternLength.Bound(assembly.MainModule);
        LiteralArguments.BeWhatTheyAre(assembly.MainModule);
        OwnKeys.BeOfTheKindAsked(assembly.MainModule);
        WrongValues.Correct(assembly.MainModule);
        ScopesLeft.Restore(assembly.MainModule);
        GeneratorReturns.Leave(assembly.MainModule);
        KeptTexts.Keep(assembly.MainModule);
        UnmatchedGroups.BeUndefined(assembly.MainModule);
        GrowingArrays.BeExtensible(assembly.MainModule);
        LargeArrays.BeSparse(assembly.MainModule);
        Callbacks.BeCallable(assembly.MainModule);
        PrivateElements.BeForAll(assembly.MainModule);
        SortOrder.BeTheHosts(assembly.MainModule);
        AsyncGenerators.Correct(assembly.MainModule);
        SeenSuspensions.See(assembly.MainModule);
        KeptCallees.Keep(assembly.MainModule);
        DelegatedWaits.Note(assembly.MainModule);
        KeptIterators.Keep(assembly.MainModule);
        PlaceCaches.BeEmptied(assembly.MainModule);

        PooledArrays.BeSmall(assembly.MainModule);

        // Last: those above know the engine's arrays as they were.
        LargeObjects.Announce(assembly.MainModule);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
        assembly.Write(to + ".new", new WriterParameters { DeterministicMvid = true });
        File.Move(to + ".new", to, overwrite: true);
    }

    internal static TypeDefinition Type(ModuleDefinition module, string name) =>
        module.GetType(name) ?? throw new UnknownEngineException($"There is no type {name}.");

    internal static FieldDefinition Field(TypeDefinition type, string name) =>
        type.Fields.SingleOrDefault(field => field.Name == name) ?? throw new UnknownEngineException($"{type.FullName} has no field {name}.");

    internal static MethodDefinition Method(TypeDefinition type, string name) =>
        type.Methods.SingleOrDefault(method => method.Name == name) ?? throw new UnknownEngineException($"{type.FullName} has no method {name}.");

    /// <summary>Puts instructions in front of another one. Whoever jumps to that one does not meet them.</summary>
    internal static void Before(this ILProcessor code, Instruction at, Instruction[] added)
    {
        foreach (Instruction each in added)
        {
            code.InsertBefore(at, each);
        }
    }

    /// <summary>Puts instructions behind another one.</summary>
    internal static void After(this ILProcessor code, Instruction at, Instruction[] added)
    {
        foreach (Instruction each in added)
        {
            code.InsertAfter(at, each);
            at = each;
        }
    }

    /// <summary>Puts instructions at the end of a method.</summary>
    internal static void Add(this ILProcessor code, Instruction[] added)
    {
        foreach (Instruction each in added)
        {
            code.Append(each);
        }
    }

    /// <summary>An instruction like another one, which stands elsewhere and names no variable.</summary>
    internal static Instruction Same(this ILProcessor code, Instruction each) => each.Operand switch
    {
        ParameterDefinition parameter => code.Create(each.OpCode, parameter),
        FieldReference field => code.Create(each.OpCode, field),
        MethodReference method => code.Create(each.OpCode, method),
        _ => throw new UnknownEngineException($"What is needed elsewhere too stands there in an unknown way: {each}."),
    };
}
