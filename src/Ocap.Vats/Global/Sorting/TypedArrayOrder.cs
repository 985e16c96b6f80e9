using Jint.Native;
using Jint.Runtime;

namespace Ocap.Vats.Global.Sorting;

/// <summary>How the <c>sort</c> of typed arrays orders: as V8 does, which is another way than that of arrays, halves that are merged.</summary>
internal sealed class TypedArrayOrder : SortOrder
{
    public override JsValue[] Sort(IEnumerable<JsValue> items, IComparer<JsValue> comparer)
    {
        JsValue[] target = [.. items];
        if (target.Length > 1) Merge((JsValue[])target.Clone(), target, 0, target.Length, new Comparisons(comparer));
        return target;
    }

    /// <summary>Sorts what is the same in both, from <paramref name="from"/> up to <paramref name="to"/>, into the second one.</summary>
    private static void Merge(JsValue[] source, JsValue[] target, int from, int to, Comparisons comparisons)
    {
        int middle = from + ((to - from) >> 1);
        if (middle - from > 1) Merge(target, source, from, middle, comparisons);
        if (to - middle > 1) Merge(target, source, middle, to, comparisons);
        int left = from, right = middle;
        for (int next = from; next < to; next++)
        {
            bool isLeft = left < middle && (right >= to || comparisons.Compare(source[left], source[right]) <= 0);
            target[next] = isLeft ? source[left++] : source[right++];
        }
    }
}
