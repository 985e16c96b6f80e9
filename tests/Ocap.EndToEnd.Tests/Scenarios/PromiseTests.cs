using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>Promises between vats: as arguments, as answers, as targets, around each other. The state left behind is audited each time.</summary>
public sealed class PromiseTests
{
    [Test]
    [Arguments("after")]
    [Arguments("before")]
    [Arguments("late")]
    public async Task A_promise_given_as_an_argument_settles_there_too(string when)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string result = await RunAsync(kernel, "promise-argument", $$"""{"when":"{{when}}"}""");
        await Assert.That(result).IsEqualTo("\"bobPSucc\"");
        await Assert.That(await kernel.ConsoleAsync("alice")).IsEquivalentTo((string[])["taken"]);
        await Assert.That(await kernel.ConsoleAsync("bob")).IsEquivalentTo((string[])[$"said {when}"]);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_chain_of_promises_is_followed_to_its_end()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "promise-chain")).IsEqualTo("\"end of chain\"");
        await Assert.That(string.Join(' ', await kernel.ConsoleAsync("alice"))).IsEqualTo("0 1 2 3");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("bob"))).IsEqualTo("made 1, made 2, made 3, made 4");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task Promises_whose_values_hold_each_other_both_settle(int cranks)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "promise-cycle", $$"""{"cranks":{{cranks}}}""")).IsEqualTo("\"done\"");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("alice"))).IsEqualTo("true true, true");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task Promises_of_two_vats_whose_values_hold_each_other_both_settle()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "promise-crosswise")).IsEqualTo("\"done\"");
        await Assert.That(await kernel.ConsoleAsync("alice")).IsEquivalentTo((string[])["true true"]);
        foreach (string vat in (string[])["bob", "carol"])
            await Assert.That(string.Join(' ', await kernel.ConsoleAsync(vat))).IsEqualTo("owe pay");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_promise_that_became_another_has_its_value()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "promise-indirect")).IsEqualTo("\"hello\"");
        await Assert.That(await kernel.ConsoleAsync("alice")).IsEquivalentTo((string[])["hello"]);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    [Arguments("false")]
    [Arguments("true")]
    public async Task The_promise_of_one_answer_can_be_the_argument_of_the_next_message(string late)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "pass-result", $$"""{"late":{{late}}}""")).IsEqualTo("""["p1succ","p2succ"]""");
        await Assert.That(string.Join(' ', await kernel.ConsoleAsync("alice"))).IsEqualTo("one two");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("bob"))).IsEqualTo("first, second, got one");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_message_to_the_promise_of_an_object_reaches_the_object()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "resolve-pipelined")).IsEqualTo("""["p1succ","p2succ"]""");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("alice"))).IsEqualTo("[object Alleged: thing], two");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("bob"))).IsEqualTo("first, thing.second true");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_message_waits_until_its_promise_is_an_object()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "message-to-promise")).IsEqualTo("\"p2succ\"");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("alice"))).IsEqualTo("settled, deferred");
        await Assert.That(string.Join(", ", await kernel.ConsoleAsync("bob"))).IsEqualTo("setup, settle, act");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_caller_sees_success_failure_success_in_order()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That(await RunAsync(kernel, "rejection")).IsEqualTo("""["fine","TypeError: no more","fine"]""");
        await Assert.That(string.Join(' ', await kernel.ConsoleAsync("bob"))).IsEqualTo("resolve reject resolve");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_message_to_a_promise_that_is_no_object_is_rejected_and_a_failure_is_passed_on()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        using JsonDocument outcomes = JsonDocument.Parse(await RunAsync(kernel, "promise-targets"));
        string[] texts = [.. outcomes.RootElement.EnumerateArray().Select(outcome => outcome.ToString())];
        await Assert.That(texts[0]).StartsWith("Error: [KERNEL:BAD_PROMISE_RESOLUTION] ");
        await Assert.That(texts[1]).IsEqualTo("RangeError: failed first");
        await Assert.That(texts[2]).StartsWith("TypeError: target has no method \"noSuchMethod\", has [");
        await Assert.That(texts[3]).IsEqualTo("21");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    private static async Task<string> RunAsync(TestKernel kernel, string scenario, string parameters = "{}") =>
        (await kernel.LaunchAsync(new("alice", scenario, parameters), new("bob", scenario, parameters), new("carol", scenario, parameters))).Result;
}
