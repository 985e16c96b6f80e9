using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>What the definer of a kind may be given beside its maker: from a facet to all of them, and whether an object is one of the kind.</summary>
internal sealed class InstanceTools(VatHeap heap, KindDefinition definition, VirtualKind kind)
{
    private readonly string _tag = Quoting.Quote(definition.Tag);

    internal void HandOut()
    {
        Give("receiveAmplifier", definition.Options.ReceiveAmplifier, "amplify", arguments => Amplify(At(arguments, 0)));
        Give("receiveInstanceTester", definition.Options.ReceiveInstanceTester, "isInstance", arguments => IsInstance(At(arguments, 0), At(arguments, 1)));
    }

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private void Give(string option, JsValue receiver, string name, Func<JsValue[], JsValue> tool)
    {
        if (TypeConverter.ToBoolean(receiver))
        {
            heap.Realm.RequireFunction(receiver, option).Call(
                JsValue.Undefined, [heap.Realm.Harden(heap.Realm.Function(name, 1, (_, arguments) => tool(arguments)))]);
        }
    }

    private JsValue Amplify(JsValue facet) => facet is Representative { Facet: { } number } && kind.ContextOf(facet, number) is ObjectInstance context
        ? context.Get("facets")
        : throw heap.Realm.Fail($"Must be a facet of {_tag}: {heap.Quoting.Quote(facet)}");

    private JsValue IsInstance(JsValue candidate, JsValue facetName)
    {
        if (facetName.IsUndefined())
        {
            return candidate is Representative representative && ReferenceEquals(representative.Kind, kind);
        }

        if (kind.FacetNames is not { } names)
        {
            throw heap.Realm.Fail($"facetName can only be used with an exo class kit: {_tag} has no facet {heap.Quoting.Quote(facetName)}");
        }

        heap.Patterns.Complaints.RequireType(facetName, "string");
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], facetName.ToString(), StringComparison.Ordinal))
            {
                return kind.ContextOf(candidate, i) is not null;
            }
        }

        throw heap.Realm.Fail($"exo class kit {_tag} has no facet named {heap.Quoting.Quote(facetName)}");
    }
}
