using System.Collections;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Tests.Fixture;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>A vat that starts again pays for its c-list and for what it watches, not for the one times the other.</summary>
public sealed class RestartCostTests : KernelTest
{
    [Test]
    public async Task What_a_vat_watches_is_read_once_when_it_starts_again()
    {
        const int Promises = 200;
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, Promises).Select(i => $"p+{i}")]));
        kernel.Finish("v2");
        var watched = new CountedList([.. Enumerable.Range(1, Promises).Select(i => $"p-{i}")]);
        VatLife.ForgetHeap(kernel.Loop.Core.Begin(), KernelFixture.Vat("v2"), watched, held: null);
        await Assert.That(watched.Read).IsLessThanOrEqualTo(2 * Promises);
    }

    /// <summary>Counts how many elements are looked at.</summary>
    private sealed class CountedList(string[] elements) : IReadOnlyList<string>
    {
        internal int Read { get; private set; }

        public int Count => elements.Length;

        public string this[int index]
        {
            get
            {
                Read++;
                return elements[index];
            }
        }

        public IEnumerator<string> GetEnumerator()
        {
            for (int i = 0; i < elements.Length; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
