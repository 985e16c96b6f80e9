using Jint.Native;

namespace Ocap.Vats.Global.Sorting;

/// <summary>Merges two neighbouring runs, one by one at first and by leaps when the next ones come from the same run again and again.</summary>
internal sealed class Gallop(Comparisons comparisons)
{
    // Wins in a row before it leaps.
    private const int Wins = 7;

    private int _least = Wins;
    private JsValue[] _kept = [];

    internal int Compare(JsValue first, JsValue second) => comparisons.Compare(first, second);

    /// <summary>Where <paramref name="key"/> goes among those in order, in front of its equals; looked for from a hint on.</summary>
    internal int Left(JsValue[] array, JsValue key, int start, int length, int hint)
    {
        int last = 0, offset = 1;
        if (Compare(array[start + hint], key) < 0)
        {
            int most = length - hint;
            while (offset < most && Compare(array[start + hint + offset], key) < 0) (last, offset) = (offset, Further(offset, most));
            offset = Math.Min(offset, most);
            (last, offset) = (last + hint, offset + hint);
        }
        else
        {
            int most = hint + 1;
            while (offset < most && !(Compare(array[start + hint - offset], key) < 0)) (last, offset) = (offset, Further(offset, most));
            offset = Math.Min(offset, most);
            (last, offset) = (hint - offset, hint - last);
        }

        last++;
        while (last < offset)
        {
            int middle = last + ((offset - last) >> 1);
            if (Compare(array[start + middle], key) < 0) last = middle + 1;
            else offset = middle;
        }

        return offset;
    }

    /// <summary>The same, but behind its equals.</summary>
    internal int Right(JsValue[] array, JsValue key, int start, int length, int hint)
    {
        int last = 0, offset = 1;
        if (Compare(key, array[start + hint]) < 0)
        {
            int most = hint + 1;
            while (offset < most && Compare(key, array[start + hint - offset]) < 0) (last, offset) = (offset, Further(offset, most));
            offset = Math.Min(offset, most);
            (last, offset) = (hint - offset, hint - last);
        }
        else
        {
            int most = length - hint;
            while (offset < most && !(Compare(key, array[start + hint + offset]) < 0)) (last, offset) = (offset, Further(offset, most));
            offset = Math.Min(offset, most);
            (last, offset) = (last + hint, offset + hint);
        }

        last++;
        while (last < offset)
        {
            int middle = last + ((offset - last) >> 1);
            if (Compare(key, array[start + middle]) < 0) offset = middle;
            else last = middle + 1;
        }

        return offset;
    }

    /// <summary>Merges from the front, with the first run, which is not the longer one, kept aside.</summary>
    internal void MergeUp(JsValue[] items, int first, int length, int second, int lengthOfSecond)
    {
        JsValue[] kept = Keep(items, first, length);
        int next = first, cursor = 0;
        items[next++] = items[second++];
        bool isLastOfFirst = --lengthOfSecond != 0 && (length == 1 || Up());
        if (!isLastOfFirst)
        {
            if (length > 0) Array.Copy(kept, cursor, items, next, length);
            return;
        }

        // The last of the first run belongs at the end.
        Array.Copy(items, second, items, next, lengthOfSecond);
        items[next + lengthOfSecond] = kept[cursor];

        // Whether one of the first run is left, and it is the last of all; otherwise the second one has none left.
        bool Up()
        {
            int least = _least;
            while (true)
            {
                int wins = 0, winsOfSecond = 0;
                while (true)
                {
                    if (Compare(items[second], kept[cursor]) < 0)
                    {
                        items[next++] = items[second++];
                        winsOfSecond++;
                        wins = 0;
                        if (--lengthOfSecond == 0) return false;
                        if (winsOfSecond >= least) break;
                    }
                    else
                    {
                        items[next++] = kept[cursor++];
                        wins++;
                        winsOfSecond = 0;
                        if (--length == 1) return true;
                        if (wins >= least) break;
                    }
                }

                least++;
                for (bool isFirst = true; isFirst || wins >= Wins || winsOfSecond >= Wins; isFirst = false)
                {
                    _least = least = Math.Max(1, least - 1);
                    wins = Right(kept, items[second], cursor, length, 0);
                    if (wins > 0)
                    {
                        Array.Copy(kept, cursor, items, next, wins);
                        next += wins;
                        cursor += wins;
                        length -= wins;
                        if (length == 1) return true;

                        // Only if the comparator contradicts itself.
                        if (length == 0) return false;
                    }

                    items[next++] = items[second++];
                    if (--lengthOfSecond == 0) return false;
                    winsOfSecond = Left(items, kept[cursor], second, lengthOfSecond, 0);
                    if (winsOfSecond > 0)
                    {
                        Array.Copy(items, second, items, next, winsOfSecond);
                        next += winsOfSecond;
                        second += winsOfSecond;
                        lengthOfSecond -= winsOfSecond;
                        if (lengthOfSecond == 0) return false;
                    }

                    items[next++] = kept[cursor++];
                    if (--length == 1) return true;
                }

                _least = ++least;
            }
        }
    }

    /// <summary>Merges from the end, with the second run, which is the shorter one, kept aside.</summary>
    internal void MergeDown(JsValue[] items, int first, int length, int second, int lengthOfSecond)
    {
        JsValue[] kept = Keep(items, second, lengthOfSecond);
        int next = second + lengthOfSecond - 1, cursor = lengthOfSecond - 1, last = first + length - 1;
        items[next--] = items[last--];
        bool isFirstOfSecond = --length != 0 && (lengthOfSecond == 1 || Down());
        if (!isFirstOfSecond)
        {
            if (lengthOfSecond > 0) Array.Copy(kept, 0, items, next - (lengthOfSecond - 1), lengthOfSecond);
            return;
        }

        // The first of the second run belongs at the front.
        next -= length;
        last -= length;
        Array.Copy(items, last + 1, items, next + 1, length);
        items[next] = kept[cursor];

        // Whether one of the second run is left, and it is the first of all; otherwise the first one has none left.
        bool Down()
        {
            int least = _least;
            while (true)
            {
                int wins = 0, winsOfSecond = 0;
                while (true)
                {
                    if (Compare(kept[cursor], items[last]) < 0)
                    {
                        items[next--] = items[last--];
                        wins++;
                        winsOfSecond = 0;
                        if (--length == 0) return false;
                        if (wins >= least) break;
                    }
                    else
                    {
                        items[next--] = kept[cursor--];
                        winsOfSecond++;
                        wins = 0;
                        if (--lengthOfSecond == 1) return true;
                        if (winsOfSecond >= least) break;
                    }
                }

                least++;
                for (bool isFirst = true; isFirst || wins >= Wins || winsOfSecond >= Wins; isFirst = false)
                {
                    _least = least = Math.Max(1, least - 1);
                    wins = length - Right(items, kept[cursor], first, length, length - 1);
                    if (wins > 0)
                    {
                        next -= wins;
                        last -= wins;
                        Array.Copy(items, last + 1, items, next + 1, wins);
                        length -= wins;
                        if (length == 0) return false;
                    }

                    items[next--] = kept[cursor--];
                    if (--lengthOfSecond == 1) return true;
                    winsOfSecond = lengthOfSecond - Left(kept, items[last], 0, lengthOfSecond, lengthOfSecond - 1);
                    if (winsOfSecond > 0)
                    {
                        next -= winsOfSecond;
                        cursor -= winsOfSecond;
                        Array.Copy(kept, cursor + 1, items, next + 1, winsOfSecond);
                        lengthOfSecond -= winsOfSecond;
                        if (lengthOfSecond == 1) return true;

                        // Only if the comparator contradicts itself.
                        if (lengthOfSecond == 0) return false;
                    }

                    items[next--] = items[last--];
                    if (--length == 0) return false;
                }

                _least = ++least;
            }
        }
    }

    private JsValue[] Keep(JsValue[] items, int start, int length)
    {
        if (_kept.Length < length) _kept = new JsValue[length];
        Array.Copy(items, start, _kept, 0, length);
        return _kept;
    }

    // Twice as far and one more, which is what there is if it is too large a number.
    private static int Further(int offset, int most) => (offset << 1) + 1 is > 0 and var further ? further : most;
}
