using Jint.Native;
using Jint.Runtime;

namespace Ocap.Vats.Global.Sorting;

/// <summary>Compares, and lets the limits be looked at now and then: a comparator need not run a statement, and there may be many elements.</summary>
internal sealed class Comparisons(IComparer<JsValue> comparer)
{
    private const int UntilLook = 1 << 12;

    private int _left = UntilLook;

    internal int Compare(JsValue first, JsValue second)
    {
        if (--_left == 0)
        {
            _left = UntilLook;
            LongOperations.Begins?.Invoke();
        }

        return comparer.Compare(first, second);
    }
}
