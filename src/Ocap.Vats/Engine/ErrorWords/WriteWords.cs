using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.ErrorWords;

/// <summary>Properties that cannot be set, added or deleted.</summary>
internal static class WriteWords
{
    internal static string? Of(ErrorSite site, string message)
    {
        if (message.StartsWith("Cannot assign to read only property '", StringComparison.Ordinal))
        {
            int end = message.LastIndexOf("' of ", StringComparison.Ordinal);
            if (message.AsSpan(end).StartsWith("' of object '") || message.AsSpan(end).SequenceEqual("' of Object")) return Assigned(site, message["Cannot assign to read only property '".Length..end]);
        }
        if (message.StartsWith("Cannot ", StringComparison.Ordinal) || message is "#<Object> is not extensible") site.Settle();
        if (message.Between("Cannot delete property '", "' of Object") is { } name || (name = message.Between("Cannot delete property '", "' of #<Object>")) is not null)
        {
            var owner = Deleted(site);
            return owner is not null && Glimpse.IsProxy(owner) ? $"'deleteProperty' on proxy: trap returned falsish for property '{name}'" : $"Cannot delete property '{name}' of {Receiver(owner)}";
        }
        if (message.Between("Cannot redefine property: ", "") is { } defined && Native(site) is { } target && Key(target, defined) is { } key && target is ObjectInstance { Extensible: false } closed && !closed.HasOwnProperty(key))
        {
            return $"Cannot define property {defined}, object is not extensible";
        }
        if (message is "Cannot convert undefined or null to object" && site.Innermost<AssignmentExpression>(out var assignment, static assignment => assignment is { Operator: Operator.Assignment, Left: MemberExpression }))
        {
            return IntoNothing(site, (MemberExpression)assignment.Left);
        }
        if (message is "Invalid prototype") return Target(site, "__proto__", out _) is ObjectInstance { Extensible: false } closedOne ? $"{Shown.Text(closedOne)} is not extensible" : "Cyclic __proto__ value";
        if (message is "#<Object> is not extensible" && Native(site) is { } fixedOne)
        {
            return fixedOne is ObjectInstance { Extensible: true } ? "Cyclic __proto__ value" : $"{Shown.Text(fixedOne)} is not extensible";
        }
        return null;
    }

    private static string? IntoNothing(ErrorSite site, MemberExpression member)
    {
        if (site.Glimpse.Of(member.Object) is { } known and not (JsUndefined or JsNull)) return null;
        string nothing = site.Glimpse.Of(member.Object) is JsNull ? "null" : "undefined";
        return site.Glimpse.Key(member.Property, member.Computed) is { } key ? $"Cannot set properties of {nothing} (setting '{key}')" : $"Cannot set properties of {nothing}";
    }

    private static string Assigned(ErrorSite site, string name)
    {
        var target = Target(site, name, out bool isFound);
        if (!isFound)
        {
            site.Settle();
            target = Target(site, name, out isFound);
            if (!isFound && target is null && site.Nearest<AssignmentExpression>(out var assignment, node => node.Left is MemberExpression member && IsNamed(site, member, name))) target = site.Glimpse.Of(((MemberExpression)assignment.Left).Object);
        }
        switch (target)
        {
            case var _ when target is not null && Glimpse.IsProxy(target): return $"'set' on proxy: trap returned falsish for property '{name}'";
            case null when IsPushed(site): return $"Cannot add property {name}, object is not extensible";
            case null: return $"Cannot assign to read only property '{name}' of object '[object Object]'";
            case not (ObjectInstance or JsString): return $"Cannot create property '{name}' on {Type(target)} '{Shown.Text(target)}'";
        }
        if (Key(target, name) is not { } key || Glimpse.Descriptor(target, key, out bool isKnown) is not { } descriptor)
        {
            return target switch
            {
                JsString => $"Cannot create property '{name}' on string '{target}'",
                ArrayInstance { Extensible: true } => $"Cannot assign to read only property 'length' of object '{Shown.Text(target)}'",
                _ => $"Cannot add property {name}, object is not extensible",
            };
        }
        if (descriptor.IsAccessorDescriptor()) return $"Cannot set property {name} of {Shown.Text(target)} which has only a getter";
        // The length is what is left, up to the element that could not go.
        if (descriptor.Writable && name is "length" && target is JsArray shortened) return $"Cannot delete property '{shortened.Length - 1}' of {Shown.Text(target)}";
        if (descriptor.Writable) return $"Cannot add property {name}, object is not extensible";
        return $"Cannot assign to read only property '{name}' of {Type(target)} '{Shown.Text(target)}'";
    }

    private static string Type(JsValue value) => value switch
    {
        Function => "function",
        JsString => "string",
        JsNumber => "number",
        JsBoolean => "boolean",
        JsSymbol => "symbol",
        JsBigInt => "bigint",
        _ => "object",
    };

    private static string Receiver(JsValue? value) => value is JsString ? "[object String]" : Shown.Text(value);

    internal static JsValue? Key(JsValue target, string name)
    {
        if (!name.StartsWith("Symbol(", StringComparison.Ordinal)) return new JsString(name);
        for (var current = target as ObjectInstance; current is not null && !Glimpse.IsProxy(current); current = current.Prototype)
        {
            foreach (var key in current.GetOwnPropertyKeys(Jint.Runtime.Types.Symbol))
            {
                if (string.Equals(key.ToString(), name, StringComparison.Ordinal)) return key;
            }
        }
        return new JsString(name);
    }

    // What was to be changed: the object of an assignment's left side, or the one that a built-in function works on.
    private static JsValue? Target(ErrorSite site, string name, out bool isFound)
    {
        isFound = true;
        foreach (var node in site.Around)
        {
            switch (node)
            {
                case AssignmentExpression { Left: MemberExpression member } when IsNamed(site, member, name): return site.Glimpse.Of(member.Object);
                // An element behind the end would have made the array longer.
                case AssignmentExpression { Left: MemberExpression { Computed: true } element } when name is "length" && site.Glimpse.Of(element.Object) is ArrayInstance array: return array;
                case UpdateExpression { Argument: MemberExpression member } when IsNamed(site, member, name): return site.Glimpse.Of(member.Object);
                case ForOfStatement { Left: MemberExpression member } when IsNamed(site, member, name): return site.Glimpse.Of(member.Object);
                case CallExpression call when !site.IsCompleted(call):
                    isFound = false;
                    return Native(site);
            }
        }
        isFound = false;
        return null;
    }

    private static bool IsNamed(ErrorSite site, MemberExpression member, string name) =>
        site.Glimpse.Key(member.Property, member.Computed) is { } key ? string.Equals(key.ToString(), name, StringComparison.Ordinal) : member.Computed;

    private static JsValue? Deleted(ErrorSite site)
    {
        foreach (var node in site.Around)
        {
            if (node is UnaryExpression { Operator: Operator.Delete, Argument: MemberExpression member }) return site.Glimpse.Of(member.Object);
            if (node is CallExpression) return Native(site);
        }
        return null;
    }

    // What is pushed has never been there.
    private static bool IsPushed(ErrorSite site) => site.Innermost<CallExpression>(out var call) && call.Callee is MemberExpression { Computed: false, Property: Identifier { Name: "push" } };

    // Object.assign(target) and its like; otherwise the object whose method it is.
    private static JsValue? Native(ErrorSite site)
    {
        if (!site.Innermost<CallExpression>(out var call) || call.Callee is not MemberExpression { Object: var owner }) return null;
        return owner is Identifier { Name: "Object" or "Reflect" } ? site.Glimpse.Of(call.Arguments.FirstOrDefault()) : site.Glimpse.Of(owner);
    }
}
