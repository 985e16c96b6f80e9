using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ocap.EngineField;

/// <content>Where names were last found.</content>
internal static partial class PlaceCaches
{
    /// <summary>
    /// Where a name was last found is kept in values, and those in others, by the expressions that look for it: an expression is noted before it looks there.
    /// </summary>
    private static void Locations(ModuleDefinition module, TypeDefinition place, MethodDefinition note, Dictionary<TypeDefinition, MethodDefinition> forgets)
    {
        TypeDefinition location = Weaver.Type(module, SlotCache);
        ILProcessor code = Method(module, location, forgets);
        foreach (string name in (string[])["_cachedSlotEnv", "_chainMemo"])
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldnull);
            code.Emit(OpCodes.Stfld, Weaver.Field(location, name));
        }

        code.Emit(OpCodes.Ret);
        int places = 0;
        foreach (TypeDefinition type in module.GetTypes().Where(static each => Is(each, Expressions + "JintExpression")).ToArray())
        {
            FieldDefinition[] fields = Holding(module, type, forgets);
            if (fields.Length == 0)
            {
                continue;
            }

            FieldDefinition flag = type.Fields.SingleOrDefault(static each => each.Name == "_isNoted") ?? Flag(module, type);
            code = forgets.TryGetValue(type, out MethodDefinition? forget) ? forget.Body.GetILProcessor() : Forget(module, type, place, forgets);
            Instruction last = code.Body.Instructions[^1];
            foreach (FieldDefinition field in fields)
            {
                ForgetField(code, last, field, forgets);
            }

            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody && !method.IsStatic && !method.IsConstructor && method != forgets[type]))
            {
                places += Note(module, method, fields, flag, note);
            }
        }

        if (places != 32)
        {
            throw new UnknownEngineException($"Names are looked for in {places} places, where 32 are known.");
        }
    }

    /// <summary>The fields of a type that keep where a name was found.</summary>
    private static FieldDefinition[] Holding(ModuleDefinition module, TypeDefinition type, Dictionary<TypeDefinition, MethodDefinition> forgets) =>
        [.. type.Fields.Where(field => !field.IsStatic && (field.FieldType.GetElementType().FullName is SlotCache || IsLane(field)) && Forgets(module, (TypeDefinition)field.FieldType.GetElementType(), forgets))];

    private static bool IsLane(FieldDefinition field) => field.FieldType.GetElementType() is TypeDefinition { IsEnum: false } lane
        && lane.FullName.StartsWith(Expressions + "JintBinaryExpression/", StringComparison.Ordinal) && !Is(lane, Expressions + "JintExpression");

    /// <summary>Makes a method of a type forget where names were found; false where there is nothing to forget.</summary>
    private static bool Forgets(ModuleDefinition module, TypeDefinition type, Dictionary<TypeDefinition, MethodDefinition> forgets)
    {
        if (forgets.ContainsKey(type))
        {
            return true;
        }

        FieldDefinition[] fields = Holding(module, type, forgets);
        if (fields.Length == 0)
        {
            return false;
        }

        ILProcessor code = Method(module, type, forgets);
        Instruction last = code.Create(OpCodes.Ret);
        code.Append(last);
        foreach (FieldDefinition field in fields)
        {
            ForgetField(code, last, field, forgets);
        }

        return true;
    }

    private static ILProcessor Method(ModuleDefinition module, TypeDefinition type, Dictionary<TypeDefinition, MethodDefinition> forgets)
    {
        var method = new MethodDefinition("Forget", MethodAttributes.Assembly | MethodAttributes.HideBySig, module.TypeSystem.Void) { HasThis = true };
        type.Methods.Add(method);
        forgets.Add(type, method);
        return method.Body.GetILProcessor();
    }

    private static void ForgetField(ILProcessor code, Instruction last, FieldDefinition field, Dictionary<TypeDefinition, MethodDefinition> forgets)
    {
        var type = (TypeDefinition)field.FieldType.GetElementType();
        MethodDefinition forget = forgets[type];
        if (field.FieldType.IsArray)
        {
            // for (int i = this.field.Length; --i >= 0;) this.field[i].Forget();
            var index = new VariableDefinition(field.Module.TypeSystem.Int32);
            code.Body.Variables.Add(index);
            code.Body.InitLocals = true;
            Instruction next = code.Create(OpCodes.Ldloc, index), after = code.Create(OpCodes.Nop);
            Add(code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Ldfld, field), code.Create(OpCodes.Ldlen), code.Create(OpCodes.Conv_I4), code.Create(OpCodes.Stloc, index));
            Add(next, code.Create(OpCodes.Ldc_I4_1), code.Create(OpCodes.Sub), code.Create(OpCodes.Stloc, index));
            Add(code.Create(OpCodes.Ldloc, index), code.Create(OpCodes.Ldc_I4_0), code.Create(OpCodes.Blt, after));
            Add(code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Ldfld, field), code.Create(OpCodes.Ldloc, index), code.Create(OpCodes.Ldelema, type), code.Create(OpCodes.Call, forget));
            Add(code.Create(OpCodes.Br, next), after);
        }
        else if (type.IsValueType)
        {
            Add(code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Ldflda, field), code.Create(OpCodes.Call, forget));
        }
        else
        {
            // this.field?.Forget();
            Instruction after = code.Create(OpCodes.Nop);
            Add(code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Ldfld, field), code.Create(OpCodes.Brfalse, after));
            Add(code.Create(OpCodes.Ldarg_0), code.Create(OpCodes.Ldfld, field), code.Create(OpCodes.Call, forget), after);
        }

        void Add(params Instruction[] instructions)
        {
            foreach (Instruction each in instructions)
            {
                code.InsertBefore(last, each);
            }
        }
    }

    // Before a method looks in one of the fields: if (!this._isNoted) { this._isNoted = true; Note(this, engine); }. From there on it runs none of the program's code.
    private static int Note(ModuleDefinition module, MethodDefinition method, FieldDefinition[] fields, FieldDefinition flag, MethodDefinition note)
    {
        Instruction[] looks = [.. method.Body.Instructions.Where(each => each.OpCode != OpCodes.Stfld && fields.Contains(each.Operand) && each.Next.OpCode.FlowControl != FlowControl.Cond_Branch)];
        if (looks.Length == 0)
        {
            return 0;
        }

        method.Body.SimplifyMacros();
        ILProcessor code = method.Body.GetILProcessor();
        foreach (Instruction look in looks)
        {
            // Whoever jumps to what is looked for meets this first.
            if (look.Previous is not { OpCode.Code: Code.Ldarg } first || first.Operand != method.Body.ThisParameter)
            {
                throw new UnknownEngineException($"{method.FullName} looks for a name in an unknown way.");
            }

            Instruction go = code.Create(OpCodes.Ldarg, method.Body.ThisParameter);
            code.Before(look,
            [
                code.Create(OpCodes.Ldfld, flag),
                code.Create(OpCodes.Brtrue, go),
                code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
                code.Create(OpCodes.Ldc_I4, 1),
                code.Create(OpCodes.Stfld, flag),
                code.Create(OpCodes.Ldarg, method.Body.ThisParameter),
                code.Create(OpCodes.Ldarg, method.Parameters.FirstOrDefault(static each => each.ParameterType.FullName == Context) ?? throw new UnknownEngineException($"{method.FullName} knows no engine.")),
                code.Create(OpCodes.Ldfld, Weaver.Field(Weaver.Type(module, Context), "Engine")),
                code.Create(OpCodes.Call, note),
                go,
            ]);
        }

        method.Body.OptimizeMacros();
        return looks.Length;
    }
}
