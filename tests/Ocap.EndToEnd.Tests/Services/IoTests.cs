using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Services;

/// <summary>A vat that answers lines over its IO channel, by the executable itself (spec/cluster-config.md §3).</summary>
public sealed class IoTests
{
    [Test]
    public async Task Lines_are_answered_by_the_vat_across_restart_kill_and_end()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string path = kernel.Home.In("console.sock");
        await Assert.That(RpcReply.BodyOf((await LaunchAsync(kernel, path)).Result.GetProperty("bootstrapResult"))).IsEqualTo("\"console\"");
        await Assert.That(File.GetUnixFileMode(path)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (IoClient client = IoClient.Connect(path))
        {
            await Assert.That(await client.AskAsync("hello")).IsEqualTo("1 hello");
            await Assert.That(await client.AskAsync("grün 😀")).IsEqualTo("2 grün 😀");
        }

        await kernel.StopAsync();
        await Assert.That(File.Exists(path)).IsFalse();
        await kernel.ResumeAsync();
        using (IoClient client = IoClient.Connect(path))
        {
            await Assert.That(await client.AskAsync("restarted")).IsEqualTo("3 restarted");
        }

        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
        await Assert.That(File.Exists(path)).IsTrue();
        await kernel.ResumeAsync();
        using (IoClient client = IoClient.Connect(path))
        {
            await Assert.That(await client.AskAsync("killed")).IsEqualTo("4 killed");
            await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v1"}""")).IsError).IsFalse();
            await Assert.That(await client.AskAsync("same client, new heap")).IsEqualTo("5 same client, new heap");
            await Assert.That((await kernel.CallAsync("terminateSubcluster", """{"id":"s1"}""")).IsError).IsFalse();
            await Assert.That(File.Exists(path)).IsFalse();
            await Assert.That(await client.LineAsync()).IsNull();
        }

        await Assert.That((await LaunchAsync(kernel, path)).IsError).IsFalse();
        using (IoClient client = IoClient.Connect(path))
        {
            await Assert.That(await client.AskAsync("anew")).IsEqualTo("1 anew");
        }

        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_line_that_was_answered_was_taken_once_and_for_all_whenever_the_daemon_is_killed()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string path = kernel.Home.In("console.sock");
        await LaunchAsync(kernel, path);
        int counted = 0;
        for (int round = 0; round < 6; round++)
        {
            int sent = 0, answered = counted;
            using IoClient client = IoClient.Connect(path);
            Task kill = Task.Delay(30 + (round * 25)).ContinueWith(_ => kernel.KillAsync(), TaskScheduler.Default).Unwrap();
            try
            {
                while (await client.AskAsync($"line {sent++}") is { } answer)
                {
                    answered = int.Parse(answer.Split(' ')[0]);
                    await Assert.That(answer).IsEqualTo($"{counted + sent} line {sent - 1}");
                }
            }
            catch (IOException)
            {
                // Killed while it was sending.
            }

            await kill;
            await Assert.That(LeftState.Of(kernel.Home).Problems).IsEmpty();
            await kernel.ResumeAsync();
            int count = int.Parse(await kernel.AskAsync("ko4", "count"));
            await Assert.That(count).IsGreaterThanOrEqualTo(answered);
            await Assert.That(count).IsLessThanOrEqualTo(counted + sent);
            counted = count;
        }
    }

    [Test]
    public async Task A_channel_that_cannot_be_had_fails_the_launch_with_a_sentence_and_touches_nothing()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string path = kernel.Home.In("precious");
        await File.WriteAllTextAsync(path, "content");
        await Assert.That((await LaunchAsync(kernel, path)).Message).Contains("is not a socket, so it is not removed");
        await Assert.That(await File.ReadAllTextAsync(path)).IsEqualTo("content");
        await Assert.That((await LaunchAsync(kernel, "relative")).Message).Contains("its path must be absolute");
        await Assert.That((await LaunchAsync(kernel, "", "console")).Message).IsEqualTo("Unsupported IO channel type \"console\" for channel \"console\"");
        await Assert.That(await kernel.SubclustersAsync()).IsEmpty();
        await Assert.That((await LaunchAsync(kernel, kernel.Home.In("console.sock"))).IsError).IsFalse();
    }

    private static async Task<RpcReply> LaunchAsync(TestKernel kernel, string path, string type = "socket")
    {
        string bundle = new Uri(await VatBundles.PathAsync("echo")).AbsoluteUri;
        string where = type == "socket" ? $",\"path\":\"{path}\"" : "";
        return await kernel.CallAsync("launchSubcluster", $$$$$"""
            {"config":{"bootstrap":"echo","io":{"console":{"type":"{{{{{type}}}}}"{{{{{where}}}}} }},"vats":{"echo":{"bundleSpec":"{{{{{bundle}}}}}"}}}}
            """);
    }
}
