using Acornima.Ast;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Properties read from undefined and null, and private members read from what has none.</summary>
internal static class ReadWords
{
    internal static string? Of(ErrorSite site, string message)
    {
        if (message.Between("Cannot read property '", " of undefined") is { } inUndefined) return Read("undefined", inUndefined[..^1]);
        if (message.Between("Cannot read property '", " of null") is { } inNull) return Read("null", inNull[..^1]);
        if (message.Between("Cannot read properties of ", " (reading 'unknown')") is { } nothing) return Unknown(site, nothing);
        if (message.Between("Cannot read properties of ", " (reading 'Symbol(Symbol.iterator)')") is { } notIterable) return Read(notIterable, "Symbol(Symbol.iterator)");
        return null;
    }

    private static string Read(string nothing, string name) => name is "Symbol(Symbol.iterator)"
        ? $"{nothing} is not iterable (cannot read property Symbol(Symbol.iterator))"
        : $"Cannot read properties of {nothing} (reading '{name}')";

    // The engine does not say the name of a private member, nor that of a property whose name is computed.
    private static string? Unknown(ErrorSite site, string nothing)
    {
        if (!site.Innermost<MemberExpression>(out var member)) return null;
        if (member.Property is PrivateIdentifier name) return Read(nothing, "#" + name.Name);
        return member.Computed && site.Glimpse.Key(member.Property, true) is { } key ? Read(nothing, key.ToString()) : member.Computed ? $"Cannot read properties of {nothing}" : null;
    }
}
