using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>An outside world in which nothing happens but what the test makes happen.</summary>
internal sealed class TestWorld : IOutsideWorld
{
    internal List<TestOutside> All { get; } = [];

    public IVatOutside Open(VatId vat, string vatConfig, IOutsideClient client)
    {
        var outside = new TestOutside(vat, client);
        All.Add(outside);
        return outside;
    }
}

/// <summary>The outside world of one incarnation of a vat.</summary>
internal sealed class TestOutside(VatId vat, IOutsideClient client) : IVatOutside
{
    internal VatId Vat => vat;

    /// <summary>What it was asked, in order.</summary>
    internal List<OutsideRequest> Asked { get; } = [];

    /// <summary>What is under way.</summary>
    internal Dictionary<long, OutsideRequest> UnderWay { get; } = [];

    internal bool HasEnded { get; private set; }

    public void Begin(OutsideRequest request)
    {
        Asked.Add(request);
        if (request is CancelRequest)
        {
            UnderWay.Remove(request.Id);
        }
        else if (request is not ContinueFetch)
        {
            UnderWay[request.Id] = request;
        }
    }

    public FileProbe FileExists(string path) => new(path == "there", null);

    public void End() => HasEnded = true;

    /// <summary>Tells the kernel, whether it still wants to know or not.</summary>
    internal void Happens(long id, OutsideEvent happening) => client.Happened(id, happening);
}
