using Jint.Native;

namespace Ocap.Vats.Global.Sorting;

/// <summary>
/// The sort of Tim Peters as V8 has it: runs that are in order already are found, short ones made longer by insertion, and neighbours merged so that their lengths stay
/// balanced. All indices stay within their runs whatever the comparator says.
/// </summary>
internal sealed class RunMerger(JsValue[] items, IComparer<JsValue> comparer)
{
    private readonly List<(int Start, int Length)> _runs = [];
    private readonly Gallop _gallop = new(new Comparisons(comparer));

    /// <summary>Sorts the first of the items.</summary>
    internal void Sort(int count)
    {
        int least = LeastRun(count);
        for (int start = 0; start < count;)
        {
            int length = Run(start, count);
            if (length < least)
            {
                int longer = Math.Min(least, count - start);
                Insert(start, start + length, start + longer);
                length = longer;
            }

            _runs.Add((start, length));
            Balance();
            start += length;
        }

        while (_runs.Count > 1)
        {
            int last = _runs.Count - 2;
            MergeAt(last > 0 && _runs[last - 1].Length < _runs[last + 1].Length ? last - 1 : last);
        }
    }

    // Half to all of 64, so that their number is a power of two, or a little less.
    private static int LeastRun(int count)
    {
        int rest = 0;
        for (; count >= 64; count >>= 1) rest |= count & 1;
        return count + rest;
    }

    /// <summary>How many are in order from a place on; what is in strictly descending order is turned round.</summary>
    private int Run(int start, int end)
    {
        if (start + 1 == end) return 1;
        bool isDescending = Compare(items[start + 1], items[start]) < 0;
        int next = start + 2;
        while (next < end && Compare(items[next], items[next - 1]) < 0 == isDescending) next++;
        if (isDescending) Array.Reverse(items, start, next - start);
        return next - start;
    }

    /// <summary>Puts what is between <paramref name="next"/> and <paramref name="end"/> into what is in order before it.</summary>
    private void Insert(int start, int next, int end)
    {
        for (; next < end; next++)
        {
            JsValue item = items[next];
            int left = start, right = next;
            while (left < right)
            {
                int middle = left + ((right - left) >> 1);
                if (Compare(item, items[middle]) < 0) right = middle;
                else left = middle + 1;
            }

            Array.Copy(items, left, items, left + 1, next - left);
            items[left] = item;
        }
    }

    private void Balance()
    {
        while (_runs.Count > 1)
        {
            int last = _runs.Count - 2;
            if (!IsBalanced(last + 1) || !IsBalanced(last)) MergeAt(_runs[last - 1].Length < _runs[last + 1].Length ? last - 1 : last);
            else if (_runs[last].Length <= _runs[last + 1].Length) MergeAt(last);
            else break;
        }
    }

    private bool IsBalanced(int run) => run < 2 || _runs[run - 2].Length > _runs[run - 1].Length + _runs[run].Length;

    private void MergeAt(int run)
    {
        (int first, int length) = _runs[run];
        (int second, int lengthOfSecond) = _runs[run + 1];
        _runs[run] = (first, length + lengthOfSecond);
        _runs.RemoveAt(run + 1);

        // What is in its place at both ends stays there.
        int inPlace = _gallop.Right(items, items[second], first, length, 0);
        first += inPlace;
        length -= inPlace;
        if (length == 0) return;
        lengthOfSecond = _gallop.Left(items, items[first + length - 1], second, lengthOfSecond, lengthOfSecond - 1);
        if (lengthOfSecond == 0) return;
        if (length <= lengthOfSecond) _gallop.MergeUp(items, first, length, second, lengthOfSecond);
        else _gallop.MergeDown(items, first, length, second, lengthOfSecond);
    }

    private int Compare(JsValue first, JsValue second) => _gallop.Compare(first, second);
}
