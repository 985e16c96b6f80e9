using System.Runtime.Versioning;
using Ocap.Vats.Hosting;

namespace Ocap.Vats.Tests.Hosting;

/// <summary>The connection between the daemon and a vat host.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostLinkTests
{
    [Test]
    public async Task Frames_of_all_sizes_arrive_whole_and_in_order()
    {
        (HostLink ours, var child) = HostLink.Pair();
        using (ours)
        using (var theirs = new HostLink(child, mayWait: true))
        {
            int[] sizes = [0, 1, 8, 9, 100, 65_526, 65_527, 65_536, 200_000, 3, 5_000_000, 0, 17];
            var sending = Task.Run(() =>
            {
                for (int i = 0; i < sizes.Length; i++)
                {
                    ours.Send(HostMessage.Deliver, i, Bytes(i, sizes[i]));
                }
            });
            for (int i = 0; i < sizes.Length; i++)
            {
                await Assert.That(Receive(theirs)).IsEqualTo((true, HostMessage.Deliver, i, sizes[i], true));
            }

            await sending;
        }
    }

    [Test]
    public async Task Who_does_not_read_keeps_the_daemon_waiting_for_nothing()
    {
        (HostLink ours, var child) = HostLink.Pair();
        using (ours)
        using (var theirs = new HostLink(child, mayWait: true))
        {
            // Far more than a socket holds: each of these returns at once, and all of it arrives.
            for (int i = 0; i < 50; i++)
            {
                ours.Send(HostMessage.Deliver, i, Bytes(i, 200_000));
            }

            for (int i = 0; i < 50; i++)
            {
                await Assert.That(Receive(theirs)).IsEqualTo((true, HostMessage.Deliver, i, 200_000, true));
            }
        }
    }

    [Test]
    public async Task Many_threads_send_and_no_frame_is_torn()
    {
        (HostLink ours, var child) = HostLink.Pair();
        using (ours)
        using (var theirs = new HostLink(child, mayWait: true))
        {
            var sending = Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
            {
                for (int i = 0; i < 200; i++)
                {
                    ours.Send(HostMessage.Answer, sender, Bytes(sender, 1 + (i * 97)));
                }
            })));
            int[] next = new int[4];
            for (int i = 0; i < 800; i++)
            {
                var (there, _, sender, length, isWhole) = Receive(theirs);
                await Assert.That(there && isWhole).IsTrue();
                await Assert.That(length).IsEqualTo(1 + (next[sender]++ * 97));
            }

            await sending;
        }
    }

    [Test]
    public async Task Hanging_up_ends_both_sides()
    {
        (HostLink ours, var child) = HostLink.Pair();
        using (ours)
        using (var theirs = new HostLink(child, mayWait: true))
        {
            var waiting = Task.Run(() => Receive(theirs).There);
            var here = Task.Run(() => Receive(ours).There);
            ours.HangUp();
            await Assert.That(await waiting.WaitAsync(TimeSpan.FromSeconds(10))).IsFalse();
            await Assert.That(await here.WaitAsync(TimeSpan.FromSeconds(10))).IsFalse();
            theirs.Send(HostMessage.Pong, 0, []);
            ours.Send(HostMessage.Ping, 0, new byte[1_000_000]);
        }
    }

    [Test]
    public async Task Who_never_reads_is_hung_up_on_before_too_much_waits_for_it()
    {
        (var one, var other) = SystemSocket.Pair();
        using (one)
        using (var link = new HostLink(other, mayWait: false) { MostWaiting = 4 << 20 })
        {
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 4; i++)
            {
                link.Send(HostMessage.Answer, 1, piece);
            }

            Task<bool> hearing = Task.Run(() => Receive(link).There);
            await Task.Delay(50);
            await Assert.That(hearing.IsCompleted).IsFalse();
            link.Send(HostMessage.Answer, 1, piece);
            link.Send(HostMessage.Answer, 1, piece);
            await Assert.That(await hearing.WaitAsync(TimeSpan.FromSeconds(10))).IsFalse();
        }
    }

    [Test]
    public async Task A_frame_that_claims_to_be_longer_than_any_may_be_ends_the_link()
    {
        (var one, var other) = SystemSocket.Pair();
        using (one)
        using (var link = new HostLink(other, mayWait: true))
        {
            SystemSocket.Send(one, [0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, 0, 0], mayWait: true);
            await Assert.That(Receive(link).There).IsFalse();
        }
    }

    private static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)(seed + 1));
        return bytes;
    }

    private static (bool There, HostMessage Message, int Worker, int Length, bool IsWhole) Receive(HostLink link) => link.TryReceive(out HostFrame frame)
        ? (true, frame.Message, frame.Worker, frame.Payload.Length, !frame.Payload.ContainsAnyExcept((byte)(frame.Worker + 1)))
        : default;
}
