using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Ocap.Vats.Liveslots;

/// <summary>What vat code threw, as one line for people.</summary>
internal static class ErrorText
{
    private const int MostCharacters = 16 * 1024;

    /// <summary>An error's message, or a text; anything else as it would read inside a message.</summary>
    internal static string Of(VatHeap heap, JsValue thrown)
    {
        try
        {
            return thrown switch
            {
                ObjectInstance error when heap.Realm.IsError(error) => TypeConverter.ToString(error.Get("message")),
                JsString text => text.ToString(),
                _ => heap.Quoting.Quote(thrown),
            };
        }
        catch (JavaScriptException)
        {
            return "the vat threw something that cannot be shown";
        }
    }

    /// <summary>The same with the error's name, and its stack if it has one.</summary>
    internal static string Detailed(VatHeap heap, JsValue thrown)
    {
        try
        {
            if (thrown is not ObjectInstance error || !heap.Realm.IsError(error))
            {
                return heap.Quoting.Quote(thrown);
            }

            string headline = $"{error.Get("name")}: {error.Get("message")}";
            string stack = error.Get("stack") is JsString frames ? frames.ToString() : "";
            string text = (stack.StartsWith(headline, StringComparison.Ordinal) ? stack : $"{headline}\n{stack}").TrimEnd();
            return text.Length <= MostCharacters ? text : text[..MostCharacters] + "… (cut)";
        }
        catch (JavaScriptException)
        {
            return "the vat threw something that cannot be shown";
        }
    }
}
