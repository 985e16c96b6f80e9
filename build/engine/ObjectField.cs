using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// Gives each object and symbol of the engine one field for what its host knows of it, and moves private class members there.
/// <para>
/// Without such a field, whatever belongs to an object (what a vat's WeakMap holds under it, its private members, whether it is hardened) has to be in a
/// ConditionalWeakTable. The collector goes through all entries of all such tables once more for each link of the longest chain that leads from an entry's
/// value to another's key: a linked list of 20 000 nodes with a private <c>#next</c>, all of it honest code, stops every vat of the process for minutes at
/// each collection. A field costs eight bytes an object, and the collector follows it as any other.
/// </para>
/// The package itself has none (it says so, and why, where it stores private members).
/// </summary>
internal static class ObjectField
{
    private const MethodAttributes Constructor = MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;

    internal static void Add(ModuleDefinition module)
    {
        TypeDefinition instance = Weaver.Type(module, "Jint.Native.Object.ObjectInstance");
        FieldDefinition store = Weaver.Type(module, "Jint.Engine").Fields.SingleOrDefault(static field => field.Name == "_privateElementStore")
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
        Weaver.Type(module, "Jint.Native.JsSymbol").Fields.Add(new FieldDefinition("Attachment", FieldAttributes.Public, attachment));

        MethodDefinition find = Find(module, table, instance, field, kept);
        MethodDefinition get = GetOrMake(module, table, instance, field, kept, make);
        attachment.Methods.Add(make);
        attachment.Methods.Add(find);
        attachment.Methods.Add(get);
        Redirect(module, table, find, get);
    }

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
