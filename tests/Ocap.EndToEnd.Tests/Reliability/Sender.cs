using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>A client that sends numbered notes on a connection of its own, several under way, until the daemon is gone; it remembers which were answered.</summary>
internal sealed class Sender(string name)
{
    private const int UnderWay = 16;
    private int _last;

    internal List<string> Acknowledged { get; } = [];

    internal async Task SendUntilGoneAsync(string socket, string target)
    {
        try
        {
            await using RpcClient client = await RpcClient.ConnectAsync(socket);
            Queue<(string Id, Task<RpcReply> Reply)> underWay = new();
            try
            {
                while (true)
                {
                    string id = string.Create(CultureInfo.InvariantCulture, $"{name}-{++_last}");
                    underWay.Enqueue((id, client.SendAsync(target, "note", $"\"{id}\"")));
                    if (underWay.Count == UnderWay)
                        await TakeAsync(underWay);
                }
            }
            finally
            {
                while (underWay.Count > 0)
                    await TakeAsync(underWay, isOver: true);
            }
        }
        catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The daemon was killed: that is the end of this round.
        }
    }

    private async Task TakeAsync(Queue<(string Id, Task<RpcReply> Reply)> underWay, bool isOver = false)
    {
        (string id, Task<RpcReply> answer) = underWay.Dequeue();
        try
        {
            string body = (await answer).Body;
            if (!string.Equals(body, $"\"{id}\"", StringComparison.Ordinal))
                throw new InvalidOperationException($"{id} was answered with {body}");
            Acknowledged.Add(id);
        }
        catch (IOException) when (isOver)
        {
            // Not answered: it may be there or not.
        }
    }
}
