using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Kernel.Tests.Fixture;

/// <summary>Tests of a real kernel. Whatever a test does, the state must be sound behind it.</summary>
public abstract class KernelTest
{
    private readonly List<KernelFixture> _kernels = [];

    /// <summary>Recomputes all counts of the kernels this test made.</summary>
    [After(Test)]
    public async Task The_state_is_sound()
    {
        foreach (KernelFixture kernel in _kernels)
        {
            await Assert.That(string.Join("; ", kernel.Problems())).IsEqualTo("");
        }
    }

    internal KernelFixture Boot(KernelOptions? options = null, HeldStore? store = null) => Watch(new KernelFixture(options, store));

    internal KernelFixture Watch(KernelFixture kernel)
    {
        _kernels.Add(kernel);
        return kernel;
    }
}
