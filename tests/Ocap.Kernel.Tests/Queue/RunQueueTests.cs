using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>The run queue in memory.</summary>
public sealed class RunQueueTests
{
    [Test]
    public async Task Past_a_bound_the_texts_of_messages_are_left_in_the_state_and_come_back_whole()
    {
        Dictionary<string, string?> rows = new(StringComparer.Ordinal);
        var queue = new RunQueue(rows.GetValueOrDefault);
        SendItem[] sent = [.. Enumerable.Range(1, 20).Select(static i => new SendItem(KRef.Object(i), new Message(new CapData($"#[\"m{i}\",[\"{new string('x', 500_000)}\"]]", ["ko1"]), KRef.Promise(i))))];
        for (int i = 0; i < sent.Length; i++)
        {
            rows[RunQueue.RowKey(i)] = QueueJson.Write(sent[i]);
            queue.Add(new QueuedItem(i, sent[i]), default);
        }

        await Assert.That(queue.Items.Sum(static item => item.Length)).IsLessThan(5_000_000);
        for (int i = 0; i < sent.Length; i++)
        {
            QueuedItem item = queue.At(i);
            await Assert.That(item.Item).IsEqualTo(sent[i]);
            await Assert.That(((SendItem)item.Head).Message.Result).IsEqualTo(sent[i].Message.Result);
            queue.Remove(item);
        }

        // What has gone makes room.
        var last = new QueuedItem(100, sent[0]);
        queue.Add(last, default);
        await Assert.That(last.Length).IsGreaterThan(500_000);
    }
}
