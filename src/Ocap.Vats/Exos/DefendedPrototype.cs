using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Exos;

/// <summary>What the objects of a kind inherit: the methods of its behavior, each behind its guard.</summary>
/// <param name="contextOf">The context of an object, or null when the methods do not belong to it.</param>
/// <param name="isThisful">Whether methods are given their context as <c>this</c>.</param>
internal sealed class DefendedPrototype(VatHeap heap, string tag, Func<JsValue, JsValue?> contextOf, bool isThisful)
{
    private const string GetInterfaceGuard = "__getInterfaceGuard__";

    internal static ObjectInstance[] MakeKit(
        VatHeap heap, string tag, JsValue behaviors, IReadOnlyList<string> facetNames, Func<JsValue, int?, JsValue?> contextOf, bool isThisful, JsValue guards)
    {
        var kit = (ObjectInstance)behaviors;
        string name = Quoting.Quote(tag);
        string[] defined = [.. Passables.Names(kit).Order(StringComparer.Ordinal)];
        heap.Patterns.Complaints.Require(defined.Length > 1, "A multi-facet object must have multiple facets");
        ObjectInstance? given = null;
        if (TypeConverter.ToBoolean(guards))
        {
            given = guards as ObjectInstance ?? throw heap.Realm.TypeError("Reflect.ownKeys called on non-object");
            List<JsValue> facets = [.. defined], guarded = given.GetOwnPropertyKeys();
            Refuse(heap, facets.Except(guarded), static (list, kind) => $"Interfaces {list} not implemented by {kind}", name);
            Refuse(heap, guarded.Except(facets), static (list, kind) => $"Facets {list} of {kind} not guarded by interfaces", name);
        }

        var prototypes = new ObjectInstance[facetNames.Count];
        for (int i = 0; i < prototypes.Length; i++)
        {
            int facet = i;
            prototypes[i] = new DefendedPrototype(heap, $"{tag} {facetNames[i]}", self => contextOf(self, facet), isThisful)
                .Make(kit.Get(facetNames[i]), given?.Get(facetNames[i]) ?? guards);
        }

        return prototypes;
    }

    internal ObjectInstance Make(JsValue behavior, JsValue interfaceGuard)
    {
        var methods = (ObjectInstance)behavior;
        List<JsValue> names = MethodNamesOf(methods);
        InterfaceGuard? guards = TypeConverter.ToBoolean(interfaceGuard) ? InterfaceGuard.Read(heap.Patterns, interfaceGuard) : null;
        if (guards is not null)
        {
            string name = Quoting.Quote(tag);
            Refuse(heap, guards.Names.Where(guarded => !Contains(names, guarded)), static (list, kind) => $"methods {list} not implemented by {kind}", name);
            if (guards.Default is null)
            {
                Refuse(
                    heap, names.Where(method => !Contains(guards.Names, method)), static (list, guard) => $"methods {list} not guarded by {guard}", Quoting.Quote(guards.InterfaceName));
            }
        }

        MethodGuard passable = MethodGuard.Passable(heap.Patterns);
        var prototype = new JsObject(heap.Realm.Engine);
        foreach (JsValue name in names)
        {
            JsValue method = methods.Get(name);
            MethodGuard guard = guards?.Of(name) ?? Default(guards, passable);
            if (isThisful)
            {
                heap.Patterns.Complaints.RequireType(method, "function");
                Define(prototype, name, ((ObjectInstance)method).Get("length"), guard, (context, arguments) => method.Call(context, arguments));
            }
            else
            {
                // A getter may have given something else than before.
                Define(prototype, name, 0, guard, (context, arguments) => heap.Realm.RequireFunction(method, "originalMethod").Call(JsValue.Undefined, [context, .. arguments]));
            }
        }

        if (!prototype.HasOwnProperty(GetInterfaceGuard))
        {
            Define(prototype, GetInterfaceGuard, 0, passable, (_, _) => interfaceGuard);
        }

        return heap.Tagging.Far(tag, prototype);
    }

    private MethodGuard Default(InterfaceGuard? guards, MethodGuard passable) => guards?.Default switch
    {
        "passable" => passable,
        "raw" => MethodGuard.Raw,
        null => isThisful ? passable : MethodGuard.Raw,
        var other => throw heap.Realm.Fail($"Unrecognized defaultGuards {Quoting.Quote(other)}"),
    };

    /// <summary>The names of all methods, own and inherited; the constructor of a class is none.</summary>
    private List<JsValue> MethodNamesOf(ObjectInstance methods)
    {
        List<JsValue> names = [.. heap.Realm.Spread(MethodNames.Of(heap.Realm, methods))];
        names.RemoveAll(name => name is JsString text && text == "constructor"
            && methods.Get(name) is ObjectInstance constructor
            && constructor.Get("prototype") is ObjectInstance prototype
            && ReferenceEquals(prototype.Get("constructor"), constructor));
        return names;
    }

    private void Define(JsObject prototype, JsValue name, JsValue length, MethodGuard guard, Func<JsValue, JsValue[], JsValue> behavior)
    {
        string label = $"In {heap.Quoting.Quote(name)} method of ({tag})";
        ObjectInstance method = new DefendedMethod(heap, label, contextOf, behavior, guard).Make();

        // Whatever vat code has made of it.
        method.DefineOwnProperty("length", new PropertyDescriptor(length, PropertyFlag.Configurable));
        prototype.DefineOwnProperty(name, new PropertyDescriptor(method, PropertyFlag.ConfigurableEnumerableWritable));
    }

    private static bool Contains(IEnumerable<JsValue> names, JsValue name) => names.Any(other => other == name);

    private static void Refuse(VatHeap heap, IEnumerable<string> names, Func<string, string, string> complain, string subject) =>
        Refuse(heap, names.Select(static name => (JsValue)name), complain, subject);

    private static void Refuse(VatHeap heap, IEnumerable<JsValue> names, Func<string, string, string> complain, string subject)
    {
        JsValue[] list = [.. names];
        if (list.Length > 0)
        {
            throw heap.Realm.Fail(complain(heap.Quoting.Quote(new JsArray(heap.Realm.Engine, list)), subject));
        }
    }
}
