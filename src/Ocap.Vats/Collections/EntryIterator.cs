using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>An iteration in C# as vat code has it: what a generator would be. It ends when it throws.</summary>
internal sealed class EntryIterator(JsRealm realm, IEnumerable<JsValue> items)
{
    private IEnumerator<JsValue>? _rest = items.GetEnumerator();

    internal JsObject Make()
    {
        var iterator = new JsObject(realm.Engine) { Prototype = realm.IteratorPrototype };
        Define("next", _ => Next());
        Define("return", argument => End(argument));
        Define("throw", argument =>
        {
            _rest = null;
            throw new JavaScriptException(argument);
        });
        return iterator;

        void Define(string name, Func<JsValue, JsValue> body) => iterator.DefineOwnProperty(
            name,
            new PropertyDescriptor(realm.Function(name, 1, (_, arguments) => body(arguments.Length > 0 ? arguments[0] : JsValue.Undefined)), PropertyFlag.NonEnumerable));
    }

    private JsObject Next()
    {
        try
        {
            if (_rest is not null && _rest.MoveNext())
            {
                return Step(_rest.Current, done: false);
            }
        }
        catch (JavaScriptException)
        {
            _rest = null;
            throw;
        }

        return End(JsValue.Undefined);
    }

    private JsObject End(JsValue value)
    {
        _rest = null;
        return Step(value, done: true);
    }

    private JsObject Step(JsValue value, bool done)
    {
        var step = new JsObject(realm.Engine);
        step.CreateDataProperty("value", value);
        step.CreateDataProperty("done", done);
        return step;
    }
}
