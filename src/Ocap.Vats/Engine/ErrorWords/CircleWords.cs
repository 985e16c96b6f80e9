using System.Text;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.ErrorWords;

/// <summary>How an object that is to be JSON leads back to itself.</summary>
internal static class CircleWords
{
    private const int MostVisited = 10_000;

    internal static string? Of(ErrorSite site, string message)
    {
        if (message is not "Cyclic reference detected.") return null;
        const string headline = "Converting circular structure to JSON";
        if (NativeCall.At(site) is not { Method: "stringify", Arguments: [var source, ..] } || site.Glimpse.Of(source) is not ObjectInstance root) return headline;
        List<(ObjectInstance Object, string Step)> path = [];
        int visited = 0;
        return Find(root, "", path, ref visited) is { } circle ? headline + Told(circle.Start, path, circle.Step) : headline;
    }

    private static (int Start, string Step)? Find(ObjectInstance current, string step, List<(ObjectInstance Object, string Step)> path, ref int visited)
    {
        int known = path.FindIndex(entry => ReferenceEquals(entry.Object, current));
        if (known >= 0) return (known, step);
        if (++visited > MostVisited || Glimpse.IsProxy(current) || path.Count > 500) return null;
        path.Add((current, step));
        foreach (var key in current.GetOwnPropertyKeys(Jint.Runtime.Types.String))
        {
            var own = current.GetOwnProperty(key);
            if (own == PropertyDescriptor.Undefined || !own.Enumerable || own.IsAccessorDescriptor() || own.Value is not ObjectInstance next || next is Jint.Native.Function.Function) continue;
            if (Find(next, current is ArrayInstance ? $"index {key}" : $"property '{key}'", path, ref visited) is { } circle) return circle;
        }
        path.RemoveAt(path.Count - 1);
        return null;
    }

    private static string Told(int start, List<(ObjectInstance Object, string Step)> path, string closing)
    {
        var text = new StringBuilder($"\n    --> starting at object with constructor {Constructor(path[start].Object)}");
        for (int i = start + 1; i < path.Count; i++)
        {
            if (i > start + 1 && i < path.Count - 1)
            {
                if (i == start + 2) text.Append("\n    |     ...");
                continue;
            }
            text.Append($"\n    |     {path[i].Step} -> object with constructor {Constructor(path[i].Object)}");
        }
        return text.Append($"\n    --- {closing} closes the circle").ToString();
    }

    private static string Constructor(ObjectInstance value) => Glimpse.Property(value, "constructor") is ObjectInstance constructor && Glimpse.Property(constructor, "name") is JsString { Length: > 0 } name ? $"'{name}'" : "'Object'";
}
