using System.Text;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Output;

/// <summary>The helpers that stand in for <c>import(…)</c>. They close over the bundle's globals, whatever is called <c>Promise</c> where they are used.</summary>
internal sealed class DynamicImportNames(NameTable names)
{
    private string? _empty;
    private string? _rejected;

    public string Call(bool isLiteral) => isLiteral ? (_empty ??= names.Fresh("__importNothing")) + "()" : (_rejected ??= names.Fresh("__importRefused")) + "()";

    /// <summary>Declares those that were used.</summary>
    public void Declare(StringBuilder code)
    {
        if (_empty is not null)
        {
            code.Append("const ").Append(_empty).Append(" = () => Promise.resolve({});\n");
        }
        if (_rejected is not null)
        {
            code.Append("const ").Append(_rejected).Append(" = () => Promise.reject(new TypeError(\"Modules cannot be imported at run time in a vat\"));\n");
        }
    }
}
