using CsCheck;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>The stored form of queued items.</summary>
public sealed class QueueJsonTests
{
    [Test]
    public async Task A_send_is_stored_as_the_reference_stores_it()
    {
        var item = new SendItem(KRef.Object(4), new Message(new CapData("#[\"m\",[\"$0\"]]", ["ko5"]), KRef.Promise(7)));
        const string Json = "{\"type\":\"send\",\"target\":\"ko4\",\"message\":{\"methargs\":{\"body\":\"#[\\\"m\\\",[\\\"$0\\\"]]\",\"slots\":[\"ko5\"]},\"result\":\"kp7\"}}";
        await Assert.That(QueueJson.Write(item)).IsEqualTo(Json);
        await Assert.That(QueueJson.ReadItem(Json)).IsEqualTo(item);
    }

    [Test]
    [Arguments(",\"result\":null")]
    [Arguments("")]
    public async Task A_send_without_result_may_say_so_or_not(string result)
    {
        RunQueueItem item = QueueJson.ReadItem($"{{\"type\":\"send\",\"target\":\"ko4\",\"message\":{{\"methargs\":{{\"body\":\"#[]\",\"slots\":[]}}{result}}}}}");
        await Assert.That(item).IsEqualTo(new SendItem(KRef.Object(4), new Message(new CapData("#[]", []), null)));
    }

    [Test]
    public async Task A_notify_is_stored_as_the_reference_stores_it()
    {
        const string Json = "{\"type\":\"notify\",\"endpointId\":\"v2\",\"kpid\":\"kp7\"}";
        var item = new NotifyItem(new VatId(2), KRef.Promise(7));
        await Assert.That(QueueJson.Write(item)).IsEqualTo(Json);
        await Assert.That(QueueJson.ReadItem(Json)).IsEqualTo(item);
    }

    [Test]
    public async Task An_unknown_kind_of_item_is_named_in_the_error() =>
        await Assert.That(() => QueueJson.ReadItem("{\"type\":\"dance\"}"))
            .Throws<KernelInvariantException>().WithMessage("unsupported or unknown run queue item type dance");

    [Test]
    public void Every_well_formed_body_comes_back_as_it_was() =>
        Gen.String.Where(body => !body.Any(char.IsSurrogate)).Sample(body =>
        {
            var message = new Message(new CapData(body, ["ko1", "kp2"]), KRef.Promise(3));
            return QueueJson.ReadMessage(QueueJson.Write(message)) == message;
        });
}
