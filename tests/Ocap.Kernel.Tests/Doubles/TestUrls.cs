using Ocap.Kernel.Api;
using Ocap.Kernel.Urls;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>OCAP URLs without secrets, answered at once or when the test says so.</summary>
internal sealed class TestUrls : IOcapUrls
{
    private readonly Queue<Action> _held = new();

    internal bool Holds { get; set; }

    public void Issue(string kref, Action<Answer<string>> issued) => Do(() => issued(Answer<string>.Ok("ocap:" + kref)));

    public void Redeem(string url, Action<Answer<string>> redeemed) => Do(() => redeemed(
        url.StartsWith("ocap:", StringComparison.Ordinal) ? Answer<string>.Ok(url[5..]) : Answer<string>.Fail("not an ocap URL")));

    internal void Release()
    {
        while (_held.TryDequeue(out Action? action))
        {
            action();
        }
    }

    private void Do(Action action)
    {
        if (Holds)
        {
            _held.Enqueue(action);
        }
        else
        {
            action();
        }
    }
}
