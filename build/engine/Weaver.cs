using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Gives each object and symbol of the engine one field for what its host knows of it, and moves private class members there; and lets the host be asked before
/// each operation on BigInts.
/// <para>
/// Without such a field, whatever belongs to an object (what a vat's WeakMap holds under it, its private members, whether it is hardened) has to be in a
/// ConditionalWeakTable. The collector goes through all entries of all such tables once more for each link of the longest chain that leads from an entry's
/// value to another's key: a linked list of 20 000 nodes with a private <c>#next</c>, all of it honest code, stops every vat of the process for minutes at
/// each collection. A field costs eight bytes an object, and the collector follows it as any other.
/// </para>
/// <para>
/// The engine asks its host only every 64 statements whether to go on, and one statement on BigInts of some ten thousand digits takes milliseconds: a loop of
/// them ran on too long after its limit. <c>LongOperations.Begins</c> is called before each (<see cref="Announce"/>).
/// </para>
/// <para>
/// What the engine builds to interpret a function remembers the objects that came by last, and so does the environment that it keeps for the next call. It can
/// forget them (<c>DiscardInterpreterCaches</c>), but only of declared functions that were not there the last time: an object that an arrow function was called
/// with stayed for as long as that function was not called again, and so did what other vats hold for it. <c>FunctionBodies</c> tells of all that is built and
/// discards any of it (<see cref="TellBodies"/>); environments are emptied when they are put by, not when they are taken again (<see cref="EmptyEnvironments"/>).
/// </para>
/// The package itself has none (it says so, and why, where it stores private members). Nothing else is changed, and what is not found as expected is an error.
/// </summary>
internal static class Weaver
{
    private const MethodAttributes Constructor = MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;

    private static readonly string[] s_longOperations =
    [
        "op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "op_Modulus", "op_LeftShift", "op_RightShift", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr",
        "op_OnesComplement", "Negate", "Pow", "DivRem", "ToString", "Parse", "TryParse",
    ];

    internal static void Weave(string from, string to)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(from)));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(from, new ReaderParameters { AssemblyResolver = resolver });
        Change(assembly.MainModule);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
        assembly.Write(to + ".new", new WriterParameters { DeterministicMvid = true });
        File.Move(to + ".new", to, overwrite: true);
    }

    private static void Change(ModuleDefinition module)
    {
        TypeDefinition instance = Type(module, "Jint.Native.Object.ObjectInstance");
        FieldDefinition store = Type(module, "Jint.Engine").Fields.SingleOrDefault(static field => field.Name == "_privateElementStore")
            ?? throw new UnknownEngineException("Jint.Engine has no field _privateElementStore.");
        var table = (GenericInstanceType)store.FieldType;
        TypeReference elements = table.GenericArguments[1];

        var attachment = new TypeDefinition("Jint.Native.Object", "ObjectAttachment", TypeAttributes.Public | TypeAttributes.BeforeFieldInit, module.TypeSystem.Object);
        var kept = new FieldDefinition("_privateElements", FieldAttributes.Assembly, elements);
        attachment.Fields.Add(kept);
        module.Types.Add(attachment);
        MethodDefinition make = Make(module, attachment, kept);

        var field = new FieldDefinition("Attachment", FieldAttributes.Public, attachment);
        instance.Fields.Add(field);
        Type(module, "Jint.Native.JsSymbol").Fields.Add(new FieldDefinition("Attachment", FieldAttributes.Public, attachment));

        MethodDefinition find = Find(module, table, instance, field, kept);
        MethodDefinition get = GetOrMake(module, table, instance, field, kept, make);
        attachment.Methods.Add(make);
        attachment.Methods.Add(find);
        attachment.Methods.Add(get);
        Redirect(module, table, find, get);
        Announce(module);
        TellBodies(module);
        EmptyEnvironments(module);
    }

    private static TypeDefinition Type(ModuleDefinition module, string name) =>
        module.GetType(name) ?? throw new UnknownEngineException($"There is no type {name}.");

    /// <summary><c>public ObjectAttachment(ObjectAttachment? other)</c>: takes over what the other holds.</summary>
    private static MethodDefinition Make(ModuleDefinition module, TypeDefinition attachment, FieldDefinition kept)
    {
        var method = new MethodDefinition(".ctor", Constructor | MethodAttributes.Public, module.TypeSystem.Void);
        method.Parameters.Add(new ParameterDefinition("other", ParameterAttributes.None, attachment));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, new MethodReference(".ctor", module.TypeSystem.Void, module.TypeSystem.Object) { HasThis = true });
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, kept);
        code.Emit(OpCodes.Stfld, kept);
        code.Append(end);
        return method;
    }

    /// <summary><c>elements = key.Attachment?._privateElements; return elements != null;</c></summary>
    private static MethodDefinition Find(ModuleDefinition module, TypeReference table, TypeDefinition instance, FieldDefinition field, FieldDefinition kept)
    {
        var method = new MethodDefinition("TryGetPrivateElements", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Boolean);
        method.Parameters.Add(new ParameterDefinition("table", ParameterAttributes.None, table));
        method.Parameters.Add(new ParameterDefinition("key", ParameterAttributes.None, instance));
        method.Parameters.Add(new ParameterDefinition("elements", ParameterAttributes.Out, new ByReferenceType(kept.FieldType)));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction has = code.Create(OpCodes.Ldfld, kept), store = code.Create(OpCodes.Stind_Ref);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Dup);
        code.Emit(OpCodes.Brtrue, has);
        code.Emit(OpCodes.Pop);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Br, store);
        code.Append(has);
        code.Append(store);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldind_Ref);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Cgt_Un);
        code.Emit(OpCodes.Ret);
        return method;
    }

    /// <summary><c>key.Attachment ??= new(null); return key.Attachment._privateElements ??= new();</c></summary>
    private static MethodDefinition GetOrMake(
        ModuleDefinition module, TypeReference table, TypeDefinition instance, FieldDefinition field, FieldDefinition kept, MethodDefinition make)
    {
        var method = new MethodDefinition("GetPrivateElements", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, kept.FieldType);
        method.Parameters.Add(new ParameterDefinition("table", ParameterAttributes.None, table));
        method.Parameters.Add(new ParameterDefinition("key", ParameterAttributes.None, instance));
        ILProcessor code = method.Body.GetILProcessor();
        Instruction attached = code.Create(OpCodes.Ldarg_1), there = code.Create(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Brtrue, attached);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Newobj, make);
        code.Emit(OpCodes.Stfld, field);
        code.Append(attached);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ldfld, kept);
        code.Emit(OpCodes.Brtrue, there);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Newobj, new MethodReference(".ctor", module.TypeSystem.Void, kept.FieldType) { HasThis = true });
        code.Emit(OpCodes.Stfld, kept);
        code.Append(there);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ldfld, kept);
        code.Emit(OpCodes.Ret);
        return method;
    }

    /// <summary><c>public static Action? Begins; internal static void Begin() =&gt; Begins?.Invoke();</c>, called before what may take long on a BigInt.</summary>
    private static void Announce(ModuleDefinition module)
    {
        var action = new TypeReference("System", "Action", module, module.TypeSystem.CoreLibrary);
        var type = new TypeDefinition("Jint.Runtime", "LongOperations", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var begins = new FieldDefinition("Begins", FieldAttributes.Public | FieldAttributes.Static, action);
        var begin = new MethodDefinition("Begin", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        ILProcessor code = begin.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldsfld, begins);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldsfld, begins);
        code.Emit(OpCodes.Callvirt, new MethodReference("Invoke", module.TypeSystem.Void, action) { HasThis = true });
        code.Append(end);
        type.Fields.Add(begins);
        type.Methods.Add(begin);

        var announced = new HashSet<string>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody))
        {
            Instruction[] calls = [.. method.Body.Instructions.Where(IsLong)];
            if (calls.Length == 0)
            {
                continue;
            }

            // Short branches over what grows become long, and short again where they may.
            method.Body.SimplifyMacros();
            foreach (Instruction call in calls)
            {
                announced.Add(((MethodReference)call.Operand).Name);

                // The announcement takes the place of the call, so that whoever jumps there meets it first; what is on the stack stays there.
                ILProcessor body = method.Body.GetILProcessor();
                body.InsertAfter(call, body.Create(call.OpCode, (MethodReference)call.Operand));
                (call.OpCode, call.Operand) = (OpCodes.Call, begin);
            }

            method.Body.OptimizeMacros();
        }

        if (s_longOperations.Except(announced).FirstOrDefault() is { } missing)
        {
            throw new UnknownEngineException($"BigInteger.{missing} is called nowhere.");
        }

        module.Types.Add(type);
    }

    /// <summary>
    /// <c>public static Action&lt;object&gt;? Built</c>, given each definition whose body has been built, and <c>public static void Discard(object definition)</c>. An
    /// asynchronous arrow function without braces keeps its body: it looks for it again when it goes on after an await.
    /// </summary>
    private static void TellBodies(ModuleDefinition module)
    {
        TypeDefinition definition = Type(module, "Jint.Runtime.Interpreter.JintFunctionDefinition");
        FieldDefinition expression = Field(definition, "_bodyExpression"), function = Field(definition, "Function");
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

    /// <summary>Empties an environment when it is put by, as it would be emptied when it is taken again.</summary>
    private static void EmptyEnvironments(ModuleDefinition module)
    {
        TypeDefinition function = Type(module, "Jint.Native.Function.ScriptFunction");
        MethodDefinition putBy = function.Methods.SingleOrDefault(static method => method.Name == "ReturnEnvironment") ?? throw new UnknownEngineException("Environments are not put by.");
        MethodDefinition reset = Type(module, "Jint.Runtime.Environments.FunctionEnvironment").Methods.SingleOrDefault(static method => method.Name == "Reset")
            ?? throw new UnknownEngineException("Environments are not reset.");
        Begin(putBy,
        [
            (OpCodes.Ldarg_1, null), (OpCodes.Ldarg_0, null), (OpCodes.Ldsfld, Field(Type(module, "Jint.Native.JsValue"), "Undefined")),
            (OpCodes.Ldarg_0, null), (OpCodes.Ldfld, Field(Type(module, "Jint.Native.Function.Function"), "_environment")), (OpCodes.Call, reset),
        ]);
    }

    /// <summary>Puts instructions before all others of a method.</summary>
    private static void Begin(MethodDefinition method, (OpCode Code, object? Operand)[] instructions)
    {
        ILProcessor body = method.Body.GetILProcessor();
        Instruction first = method.Body.Instructions[0];
        foreach ((OpCode code, object? operand) in instructions)
        {
            body.InsertBefore(first, operand switch
            {
                null => body.Create(code),
                FieldReference field => body.Create(code, field),
                MethodReference called => body.Create(code, called),
                _ => throw new ArgumentException($"Not known: {operand}", nameof(instructions)),
            });
        }
    }

    private static FieldDefinition Field(TypeDefinition type, string name) =>
        type.Fields.SingleOrDefault(field => field.Name == name) ?? throw new UnknownEngineException($"{type.FullName} has no field {name}.");

    private static bool IsLong(Instruction call) => call.Operand is MethodReference called && called.DeclaringType.FullName == "System.Numerics.BigInteger"
        && s_longOperations.Contains(called.Name) && call.Previous?.OpCode.OpCodeType != OpCodeType.Prefix;

    /// <summary>Lets the methods that asked the table for an object's private members ask the object.</summary>
    private static void Redirect(ModuleDefinition module, TypeReference table, MethodDefinition find, MethodDefinition get)
    {
        int found = 0, made = 0;
        IEnumerable<Instruction> calls = module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody)
            .SelectMany(static method => method.Body.Instructions)
            .Where(call => call.Operand is MethodReference called && called.DeclaringType.FullName == table.FullName && called.Name != ".ctor");
        foreach (Instruction call in calls)
        {
            string name = ((MethodReference)call.Operand).Name;
            (call.OpCode, call.Operand) = name switch
            {
                "TryGetValue" => (OpCodes.Call, find),
                "GetOrCreateValue" => (OpCodes.Call, get),
                _ => throw new UnknownEngineException($"The table of private members is used in an unknown way ({name})."),
            };
            (found, made) = name == "TryGetValue" ? (found + 1, made) : (found, made + 1);
        }

        if ((found, made) != (1, 2))
        {
            throw new UnknownEngineException($"Private members are looked up in {found} places and made in {made}, where 1 and 2 are known.");
        }
    }
}
