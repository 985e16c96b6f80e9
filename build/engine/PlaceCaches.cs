using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <summary>
/// Lets the host empty what the places of a program remember. Each place that reads a name or a member, calls, constructs or assigns keeps what it last found there, to
/// find it sooner: an object that was used there, or the scope of the last call, was no garbage until the place was executed again. So each place that remembers
/// something is noted in its engine, once, when it begins to; and all that are noted forget.
/// </summary>
internal static partial class PlaceCaches
{
    /// <summary>So many are noted before they are made to forget in the midst of things: the list holds code that nothing else may hold any more.</summary>
    private const int Most = 1 << 15;

    private const string Expressions = "Jint.Runtime.Interpreter.Expressions.";
    private const string Context = "Jint.Runtime.Interpreter.EvaluationContext";
    private const string SlotCache = "Jint.Runtime.Environments.SlotLocationCache";

    // What is written to the first fields knows its engine, by which the place is noted. What is written to the others is written beside it.
    private static readonly (string Type, string[] Noted, string[] Beside)[] s_places =
    [
        ("JintIdentifierExpression", ["_cachedEnvironment", "_cachedSlotEnv", "_cachedGlobalEnv"], ["_cachedGlobalDescriptor", "_slotChainMemo", "_nestedChainMemo"]),
        ("JintMemberExpression", ["_cachedReadObject", "_cachedProtoReceiver", "_cachedStringProtoHolder", "_cachedWrapper"],
            ["_cachedReadDescriptor", "_cachedProtoHolder", "_cachedProtoDescriptor", "_cachedStringProtoDescriptor", "_cachedWrapperDescriptor"]),
        ("JintCallExpression", ["_fastCallee", "_regProbedCallee"], ["_regCallee", "_regState"]),
        ("JintNewExpression", ["_cachedConstructor"], []),
    ];

    // Scopes and iterators that are emptied when they are put by, the text of a key, and the prototype of all plain objects.
    private static readonly string[] s_empty = ["_cachedEnv", "_cachedLoopEnv", "_cachedIterationEnv", "_cachedCatchEnv", "_cachedForInIterator", "_keyJsString", "_cachedShapeProto"];

    private static readonly string[] s_held =
    [
        "Jint.Native.JsValue", "Jint.Runtime.Descriptors.PropertyDescriptor", "Jint.Runtime.Reference", "Jint.Runtime.Environments.SlotChainMemo",
        Expressions + "JintIdentifierExpression/NestedChainMemo",
    ];

    internal static void BeEmptied(ModuleDefinition module)
    {
        TypeDefinition engine = Weaver.Type(module, "Jint.Engine");
        var place = new TypeDefinition("Jint.Runtime", "IRememberingPlace", TypeAttributes.NotPublic | TypeAttributes.Interface | TypeAttributes.Abstract);
        var forget = new MethodDefinition("Forget", MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.HideBySig, module.TypeSystem.Void);
        place.Methods.Add(forget);
        module.Types.Add(place);
        MethodDefinition note = List(module, engine, place, forget);

        var changed = new HashSet<FieldDefinition>();
        Dictionary<TypeDefinition, MethodDefinition> forgets = [];
        foreach ((string name, string[] noted, string[] beside) in s_places)
        {
            TypeDefinition type = Weaver.Type(module, Expressions + name);
            FieldDefinition flag = Flag(module, type);
            ILProcessor code = Forget(module, type, place, forgets);
            foreach (FieldDefinition field in noted.Concat(beside).Select(each => Weaver.Field(type, each)))
            {
                code.Body.Instructions.Insert(0, code.Create(OpCodes.Stfld, field));
                code.Body.Instructions.Insert(0, code.Create(OpCodes.Ldnull));
                code.Body.Instructions.Insert(0, code.Create(OpCodes.Ldarg_0));
                changed.Add(field);
            }

            foreach (string each in noted)
            {
                Note(module, type, Weaver.Field(type, each), flag, note);
            }
        }

        Locations(module, place, note, forgets);
        Known(module, changed);
    }

    /// <summary>
    /// <c>internal static void Note(place, engine)</c> lists a place, and <c>public static void Empty(engine)</c> makes all that are listed forget; and so do the
    /// references that wait to be used again.
    /// </summary>
    private static MethodDefinition List(ModuleDefinition module, TypeDefinition engine, TypeDefinition place, MethodDefinition forget)
    {
        TypeReference open = module.GetTypeReferences().FirstOrDefault(static each => each.FullName == "System.Collections.Generic.List`1") ?? throw new UnknownEngineException("The engine has no lists.");
        if (!open.HasGenericParameters)
        {
            open.GenericParameters.Add(new GenericParameter("T", open));
        }

        var list = new GenericInstanceType(open) { GenericArguments = { place } };
        TypeReference item = open.GenericParameters[0];
        var places = new FieldDefinition("_rememberingPlaces", FieldAttributes.Assembly, list);
        engine.Fields.Add(places);
        MethodReference make = new(".ctor", module.TypeSystem.Void, list) { HasThis = true }, count = new("get_Count", module.TypeSystem.Int32, list) { HasThis = true };
        MethodReference add = new("Add", module.TypeSystem.Void, list) { HasThis = true, Parameters = { new ParameterDefinition(item) } };
        MethodReference get = new("get_Item", item, list) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Int32) } };

        var type = new TypeDefinition("Jint.Runtime", "PlaceCaches", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(type);

        // var places = engine._rememberingPlaces; if (places == null) return; engine._rememberingPlaces = null; for (i = places.Count; --i >= 0;) places[i].Forget();
        var empty = new MethodDefinition("ForgetAll", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void);
        empty.Parameters.Add(new ParameterDefinition("engine", ParameterAttributes.None, engine));
        empty.Body.Variables.Add(new VariableDefinition(list));
        empty.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        empty.Body.InitLocals = true;
        ILProcessor code = empty.Body.GetILProcessor();
        Instruction next = code.Create(OpCodes.Ldloc_1), end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, places);
        code.Emit(OpCodes.Stloc_0);
        code.Emit(OpCodes.Ldloc_0);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Stfld, places);
        code.Emit(OpCodes.Ldloc_0);
        code.Emit(OpCodes.Callvirt, count);
        code.Emit(OpCodes.Stloc_1);
        code.Append(next);
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Stloc_1);
        code.Emit(OpCodes.Ldloc_1);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Blt, end);
        code.Emit(OpCodes.Ldloc_0);
        code.Emit(OpCodes.Ldloc_1);
        code.Emit(OpCodes.Callvirt, get);
        code.Emit(OpCodes.Callvirt, forget);
        code.Emit(OpCodes.Br, next);
        code.Append(end);
        type.Methods.Add(empty);

        // if (engine == null) return; if (engine._rememberingPlaces?.Count >= most) ForgetAll(engine); (engine._rememberingPlaces ??= new()).Add(place);
        // There is no engine while a script is prepared: what is executed then is constant and thrown away.
        var note = new MethodDefinition("Note", MethodAttributes.Static | MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void) { NoInlining = true };
        note.Parameters.Add(new ParameterDefinition("place", ParameterAttributes.None, place));
        note.Parameters.Add(new ParameterDefinition("engine", ParameterAttributes.None, engine));
        code = note.Body.GetILProcessor();
        Instruction fresh = code.Create(OpCodes.Ldarg_1), go = code.Create(OpCodes.Ldarg_1), last = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Brfalse, last);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, places);
        code.Emit(OpCodes.Brfalse, fresh);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, places);
        code.Emit(OpCodes.Callvirt, count);
        code.Emit(OpCodes.Ldc_I4, Most);
        code.Emit(OpCodes.Blt, go);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, empty);
        code.Append(fresh);
        code.Emit(OpCodes.Newobj, make);
        code.Emit(OpCodes.Stfld, places);
        code.Append(go);
        code.Emit(OpCodes.Ldfld, places);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, add);
        code.Append(last);
        type.Methods.Add(note);

        var all = new MethodDefinition("Empty", MethodAttributes.Static | MethodAttributes.Public | MethodAttributes.HideBySig, module.TypeSystem.Void);
        all.Parameters.Add(new ParameterDefinition("engine", ParameterAttributes.None, engine));
        code = all.Body.GetILProcessor();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, empty);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, Weaver.Field(engine, "_referencePool"));
        code.Emit(OpCodes.Callvirt, Weaver.Method(Weaver.Type(module, "Jint.Pooling.ReferencePool"), "Clear"));
        code.Emit(OpCodes.Ret);
        type.Methods.Add(all);
        return note;
    }

    private static FieldDefinition Flag(ModuleDefinition module, TypeDefinition type)
    {
        var flag = new FieldDefinition("_isNoted", FieldAttributes.Assembly, module.TypeSystem.Boolean);
        type.Fields.Add(flag);
        return flag;
    }

    /// <summary>The place's <c>Forget</c>, which takes its flag back at least.</summary>
    private static ILProcessor Forget(ModuleDefinition module, TypeDefinition type, TypeDefinition place, Dictionary<TypeDefinition, MethodDefinition> forgets)
    {
        var method = new MethodDefinition("Forget", MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig, module.TypeSystem.Void);
        type.Interfaces.Add(new InterfaceImplementation(place));
        type.Methods.Add(method);
        forgets.Add(type, method);
        ILProcessor code = method.Body.GetILProcessor();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Stfld, Weaver.Field(type, "_isNoted"));
        code.Emit(OpCodes.Ret);
        return code;
    }

    // place.field = value becomes: place.field = value; if (value != null && !place._isNoted) { place._isNoted = true; Note(place, value._engine); }
    private static void Note(ModuleDefinition module, TypeDefinition type, FieldDefinition field, FieldDefinition flag, MethodDefinition note)
    {
        var owner = field.FieldType as TypeDefinition;
        FieldDefinition? engine = null;
        for (; owner is not null && engine is null; owner = owner.BaseType as TypeDefinition)
        {
            engine = owner.Fields.SingleOrDefault(static each => each.Name == "_engine");
        }

        if (engine is null)
        {
            throw new UnknownEngineException($"What {field.FullName} holds knows no engine.");
        }

        var set = new MethodDefinition("Set" + field.Name, MethodAttributes.Static | MethodAttributes.Private | MethodAttributes.HideBySig, module.TypeSystem.Void);
        set.Parameters.Add(new ParameterDefinition("place", ParameterAttributes.None, type));
        set.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, field.FieldType));
        ILProcessor code = set.Body.GetILProcessor();
        Instruction end = code.Create(OpCodes.Ret);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, field);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Brfalse, end);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, flag);
        code.Emit(OpCodes.Brtrue, end);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Stfld, flag);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldfld, engine);
        code.Emit(OpCodes.Call, note);
        code.Append(end);

        int stores = 0;
        foreach (Instruction store in module.GetTypes().SelectMany(static each => each.Methods).Where(static method => method.HasBody && method is not { Name: "Forget", IsFinal: true })
            .SelectMany(static method => method.Body.Instructions).Where(store => store.Operand == field && store.OpCode != OpCodes.Ldfld))
        {
            if (store.OpCode != OpCodes.Stfld)
            {
                throw new UnknownEngineException($"{field.FullName} is written in an unknown way.");
            }

            (store.OpCode, store.Operand) = (OpCodes.Call, set);
            stores++;
        }

        if (stores == 0)
        {
            throw new UnknownEngineException($"{field.FullName} is never written.");
        }

        engine.IsFamilyOrAssembly |= engine.IsFamily;
        type.Methods.Add(set);
    }

    /// <summary>Whether nothing else that a place is executed by keeps a value, a scope or a property.</summary>
    private static void Known(ModuleDefinition module, HashSet<FieldDefinition> known)
    {
        foreach (FieldDefinition field in module.GetTypes().Where(static type => Is(type, Expressions + "JintExpression") || Is(type, "Jint.Runtime.Interpreter.Statements.JintStatement"))
            .SelectMany(static type => type.Fields).Where(static field => !field.IsStatic && !field.IsInitOnly))
        {
            if (!known.Contains(field) && !s_empty.Contains(field.Name) && field.FieldType is TypeDefinition type && Array.Exists(s_held, held => Is(type, held)))
            {
                throw new UnknownEngineException($"{field.FullName} may hold what was last seen there.");
            }
        }
    }

    private static bool Is(TypeDefinition type, string name)
    {
        for (TypeDefinition? each = type; each is not null; each = each.BaseType?.GetElementType() as TypeDefinition)
        {
            if (each.FullName == name)
            {
                return true;
            }
        }

        return false;
    }
}
