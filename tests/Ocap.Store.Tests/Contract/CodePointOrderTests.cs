using System.Text;
using CsCheck;
using Ocap.Kernel.Store;

namespace Ocap.Store.Tests.Contract;

public sealed class CodePointOrderTests
{
    [Test]
    public void The_order_is_that_of_the_utf8_bytes()
    {
        string[] letters = ["a", "b", "\0", "é", "\uD7FF", "\uE000", "\uFFFF", "😀", "\U0010FFFF"];
        Gen<string> text = Gen.Int[0, letters.Length - 1].Select(i => letters[i]).Array[0, 4].Select(string.Concat);
        Gen.Select(text, text).Sample((x, y) => Math.Sign(CodePointOrder.Instance.Compare(x, y))
            == Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))));
    }
}
