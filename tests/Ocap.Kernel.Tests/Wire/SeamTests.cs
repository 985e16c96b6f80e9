using System.Reflection;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Wire;

/// <summary>What crosses between the kernel and a worker could cross between processes: bytes, text, and numbers.</summary>
public sealed class SeamTests
{
    private static readonly Type[] MayCross =
    [
        typeof(void), typeof(bool), typeof(string), typeof(ReadOnlyMemory<byte>), typeof(KeyValuePair<string, string>?), typeof(VatId), typeof(SubclusterId), typeof(VatToRun), typeof(FileProbe),
    ];

    [Test]
    [Arguments(typeof(IVatWorker))]
    [Arguments(typeof(IVatWorkerClient))]
    public async Task Workers_and_the_kernel_exchange_bytes_and_text_only(Type seam)
    {
        IEnumerable<Type> crossing = seam.GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        await Assert.That(crossing.Except(MayCross)).IsEmpty();
        await Assert.That(seam.GetMethods()).IsNotEmpty();
    }

    [Test]
    [Arguments(typeof(VatToRun))]
    [Arguments(typeof(FileProbe))]
    public async Task What_crosses_as_a_whole_is_text_and_numbers(Type crossing)
    {
        IEnumerable<Type> members = crossing.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.PropertyType);
        await Assert.That(members.Except(MayCross)).IsEmpty();
    }
}
