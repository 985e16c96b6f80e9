using System.Runtime.CompilerServices;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Ocap.Vats.Marshal;

/// <summary>Refusals of what vat code hands over, in the words of the reference.</summary>
internal sealed class Complaints(JsRealm realm, Quoting quoting)
{
    internal Quoting Quoting => quoting;

    /// <summary>False, or an Error with that message when the caller wants to fail.</summary>
    internal bool Reject(bool fail, [InterpolatedStringHandlerArgument("", "fail")] ref Complaint text) => fail ? throw realm.Fail(text.ToString()) : false;

    internal JavaScriptException Fail([InterpolatedStringHandlerArgument("")] ref Complaint text) => realm.Fail(text.ToString());

    /// <summary><c>assert.typeof</c>.</summary>
    internal void RequireType(JsValue value, string type)
    {
        bool holds = type switch
        {
            "function" => value.IsCallable(),
            "string" => value is JsString,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        if (!holds)
        {
            throw realm.Fail($"{quoting.Quote(value)} must be a {type}", "TypeError");
        }
    }

    /// <summary><c>assert</c> with a message of its own, or <c>Check failed</c>.</summary>
    internal void Require(bool condition, string message = "Check failed")
    {
        if (!condition)
        {
            throw realm.Fail(message);
        }
    }

    /// <summary>Does a part of a check, whose error then says which part it was.</summary>
    internal T Labeled<T>(string? label, Func<T> check)
    {
        if (label is null)
        {
            return check();
        }

        JsValue thrown;
        try
        {
            return check();
        }
        catch (JavaScriptException error)
        {
            // The throw is below, when the stack has been unwound.
            thrown = error.Error;
        }

        throw realm.Fail($"{label}: {(thrown is Jint.Native.Object.ObjectInstance told ? TypeConverter.ToString(told.Get("message")) : "[undefined]")}");
    }
}
