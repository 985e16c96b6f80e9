using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Makes the errors that came from elsewhere: their class when it is a known one, their message, and those errors that came with them.</summary>
internal sealed class ErrorReviver(JsRealm realm)
{
    internal ObjectInstance Revive(JsValue name, JsValue message, JsValue? cause, JsValue? errors)
    {
        string className = name is JsString text ? text.ToString() : throw realm.Fail($"invalid error name typeof {Quoting.Quote(TypeName(name))}");
        if (message is not JsString)
        {
            throw realm.Fail($"invalid error message typeof {Quoting.Quote(TypeName(message))}");
        }

        // AggregateError's constructor takes its errors first: it is made as an Error that inherits from its prototype.
        Constructor constructor = realm.ErrorConstructor(className) ?? realm.ErrorConstructor("Error")!;
        ObjectInstance error = realm.ErrorConstructor("Error")!.Construct([message], constructor);
        foreach ((string property, JsValue? value) in ((string, JsValue?)[])[("cause", CauseOf(cause)), ("errors", ErrorsOf(className, errors))])
        {
            if (value is not null)
            {
                error.DefineOwnProperty(property, new PropertyDescriptor(value, PropertyFlag.NonEnumerable));
            }
        }

        return realm.Harden(error);
    }

    // What is no error could not be passed on, and is left out.
    private JsValue? CauseOf(JsValue? cause) => cause is not null && realm.IsError(cause) ? cause : null;

    private JsValue? ErrorsOf(string className, JsValue? errors)
    {
        bool isAggregate = className is "AggregateError";
        if (isAggregate && errors is not null && TypeConverter.ToBoolean(errors) && !realm.IsIterable(errors))
        {
            throw realm.TypeError($"{TypeName(errors)}{(errors is JsNumber or JsBoolean ? $" {errors}" : "")} is not iterable (cannot read property Symbol(Symbol.iterator))");
        }

        if (errors is JsArray list && Array.TrueForAll(realm.Spread(list), realm.IsError))
        {
            return list;
        }

        return isAggregate ? new JsArray(realm.Engine, []) : null;
    }

    private static string TypeName(JsValue value) => value switch
    {
        JsString => "string",
        JsNumber => "number",
        JsBigInt => "bigint",
        JsSymbol => "symbol",
        ObjectInstance => "object",
        _ => value.Type == Jint.Runtime.Types.Undefined ? "undefined" : value.Type == Jint.Runtime.Types.Boolean ? "boolean" : "object",
    };
}
