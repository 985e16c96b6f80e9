using System.Diagnostics;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

/// <summary>What becomes of a command whose output cannot be written.</summary>
public sealed class OutputTests
{
    [Test]
    [Arguments("--help")]
    [Arguments("--version")]
    [Arguments("daemon exec isRevoked '{\"kref\":\"ko1\"}'")]
    [Arguments("daemon status")]
    [Arguments("daemon logs")]
    [Arguments("bundle --stdout \"$HOME/a.js\"")]
    public async Task A_result_that_cannot_be_written_fails_the_command(string command)
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(Path.Combine(home.User, "a.js"), "export const buildRootObject = () => 1;");
        await home.RunAsync("daemon", "start");
        CommandResult result = await home.ShellAsync($"\"$OCAP\" {command} >/dev/full");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "Cannot write to standard output: No space left on device.\n"));
        result = await home.ShellAsync($"\"$OCAP\" {command} >&-");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "Cannot write to standard output: Bad file descriptor.\n"));
    }

    [Test]
    [Arguments("daemon logs --follow")]
    [Arguments("watch \"$HOME\"")]
    [Arguments("serve \"$HOME\" --port 0")]
    [Arguments("start \"$HOME\" --port 0")]
    public async Task A_command_that_runs_on_ends_quietly_when_nobody_reads_it_any_more(string command)
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        long start = Stopwatch.GetTimestamp();
        CommandResult result = await home.ShellAsync($"{{ \"$OCAP\" {command}; echo $? >\"$HOME/code\"; }} | head -n 1");
        await Assert.That(Stopwatch.GetElapsedTime(start)).IsLessThan(TimeSpan.FromSeconds(15));
        await Assert.That((result.ExitCode, result.Error)).IsEqualTo((0, ""));
        await Assert.That(result.Output).IsNotEmpty();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(home.User, "code"))).IsEqualTo("141\n");
    }

    [Test]
    public async Task Files_are_never_opened_in_the_place_of_a_closed_standard_stream()
    {
        await using TestHome home = new();
        // Were the database opened as descriptor 2, it would get the daemon's words to people.
        CommandResult result = await home.ShellAsync(
            """
            "$OCAP" daemon run <&- >&- 2>&- &
            for i in $(seq 100); do [ -S "$HOME/.ocap/daemon.sock" ] && break; sleep 0.1; done
            for n in 0 1 2; do readlink "/proc/$!/fd/$n"; done
            "$OCAP" daemon stop 2>/dev/null
            "$OCAP" daemon exec executeDBQuery '{"sql":"SELECT 1 AS one"}' 2>/dev/null
            """);
        await Assert.That(result.Output).IsEqualTo("/dev/null\n/dev/null\n/dev/null\n[{\"one\":1}]\n");
    }
}
