using Acornima.Ast;
using Jint.Native.Function;

namespace Ocap.Vats.ErrorWords;

/// <summary>Private members of objects that do not have them, or that cannot be assigned.</summary>
internal static class PrivateWords
{
    internal static string? Of(ErrorSite site, string message)
    {
        if (message.Between("Cannot read private member #", " from an object whose class did not declare it") is { } read) return Method(site, read);
        if (message.Between("Cannot use 'in' operator to search for '", "") is { } searched && site.Innermost<BinaryExpression>(out var search, static node => node.Left is PrivateIdentifier)) return $"Cannot use 'in' operator to search for '#{searched}";
        return message switch
        {
            "Cannot set method" => $"Private method '#{Assigned(site)}' is not writable",
            "Not found" => $"Cannot write private member #{Assigned(site)} to an object whose class did not declare it",
            "Already present" when site.Innermost<NewExpression>(out var construction) && site.Glimpse.Of(construction.Callee) is Function function => Twice(function.ToString(), CallPrinter.Print(construction.Callee)),
            _ => null,
        };
    }

    private static string Assigned(ErrorSite site)
    {
        foreach (var node in site.Around)
        {
            if (node is AssignmentExpression { Left: MemberExpression { Property: PrivateIdentifier assigned } }) return assigned.Name;
            if (node is UpdateExpression { Argument: MemberExpression { Property: PrivateIdentifier updated } }) return updated.Name;
        }
        return "";
    }

    // V8 says of which class a receiver would have to be when it looks for a method.
    private static string? Method(ErrorSite site, string name)
    {
        foreach (var node in site.Outward)
        {
            if (node is not IClass { Body: var body } declaration) continue;
            if (body.Body.FirstOrDefault(element => element is MethodDefinition { Key: PrivateIdentifier key } && string.Equals(key.Name, name, StringComparison.Ordinal)) is not MethodDefinition method) continue;
            string type = declaration.Id?.Name ?? "anonymous";
            return method.Static ? $"Receiver must be class {type}" : $"Receiver must be an instance of class {type}";
        }
        return null;
    }

    // Methods come first, whatever the order in the class.
    private static string Twice(string source, string type)
    {
        string? field = null;
        for (int at = source.IndexOf('#', StringComparison.Ordinal); at >= 0; at = source.IndexOf('#', at + 1))
        {
            int end = at + 1;
            while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] is '_' or '$')) end++;
            if (end < source.Length && source[end] == '(' && (at == 0 || source[at - 1] != '.')) return $"Cannot initialize private methods of class {type} twice on the same object";
            field ??= source[at..end];
        }
        return $"Cannot initialize {field} twice on the same object";
    }
}
