using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Ocap.Vats.Global;

/// <summary>
/// A name that nothing declares reads as <c>undefined</c>, as in a compartment of SES, where a proxy at the end of the scope has every name: bundles ask
/// <c>process &amp;&amp; process.env</c> there and get no for an answer. Assigning to it is a ReferenceError all the same.
/// </summary>
internal sealed class UndeclaredNames : IReferenceResolver
{
    internal static UndeclaredNames Resolver { get; } = new();

    public bool TryUnresolvableReference(Jint.Engine engine, Reference reference, out JsValue value)
    {
        value = JsValue.Undefined;
        return true;
    }

    // Not asked: the resolver is registered for unresolvable references only.
    public bool TryPropertyReference(Jint.Engine engine, Reference reference, ref JsValue value) => false;

    public bool TryGetCallable(Jint.Engine engine, object callee, out JsValue value)
    {
        value = JsValue.Undefined;
        return false;
    }

    public bool CheckCoercible(JsValue value) => false;
}
