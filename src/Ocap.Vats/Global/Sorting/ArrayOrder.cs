using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Ocap.Vats.Global.Sorting;

/// <summary>
/// How <c>Array.prototype.sort</c> and <c>toSorted</c> order: as V8 does, comparing the same elements in the same sequence, because a comparator may answer as it likes.
/// What is undefined is not compared; it goes to the end.
/// </summary>
internal sealed class ArrayOrder : SortOrder
{
    public override JsValue[] Sort(IEnumerable<JsValue> items, IComparer<JsValue> comparer)
    {
        JsValue[] all = [.. items];
        int count = 0;
        foreach (JsValue each in all)
        {
            if (!each.IsUndefined()) all[count++] = each;
        }

        all.AsSpan(count).Fill(JsValue.Undefined);
        if (count > 1) new RunMerger(all, comparer).Sort(count);
        return all;
    }
}
