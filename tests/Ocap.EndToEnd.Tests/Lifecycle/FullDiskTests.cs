using System.Diagnostics;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

/// <summary>Homes on a disk that is full, or that cannot be written: file systems in memory, mounted where only the test sees them.</summary>
public sealed class FullDiskTests
{
    [Test]
    public async Task A_daemon_on_a_full_disk_says_so_and_stops_in_order_and_without_delay()
    {
        await using TestHome home = new();
        string bundle = await VatBundles.WriteAsync(home.Root, "plain", "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap: () => 1 });");
        CommandResult result = await MountedAsync(
            home,
            "size=400k",
            $$$$"""
            "$OCAP" daemon start 2>/dev/null
            cat /dev/zero >"$HOME/.ocap/fill" 2>/dev/null
            "$OCAP" daemon exec launchSubcluster '{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{{bundle}}}}"}} } }' --timeout 2 2>/dev/null
            "$OCAP" daemon status 2>&1; echo "status $?"
            before=$(date +%s)
            "$OCAP" daemon stop 2>&1; echo "stop $?"
            [ $(($(date +%s) - before)) -lt 6 ] && echo quick
            rm "$HOME/.ocap/fill"
            "$OCAP" daemon exec isRevoked '{"kref":"ko1"}' 2>/dev/null
            "$OCAP" daemon stop 2>/dev/null
            """,
            took: TimeSpan.FromSeconds(30));
        await Assert.That(result.Output).StartsWith("Error: The disk or quota that holds ").And.Contains(" is full. Free some space").And.Contains("\n  pid      ").And.Contains("\n  log      ~/.ocap/daemon.log\nstatus 1\n");
        await Assert.That(result.Output).EndsWith("Stopping daemon...\nDaemon stopped.\nstop 0\nquick\nfalse\n");
    }

    [Test]
    public async Task A_home_that_can_only_be_read_can_be_asked_about()
    {
        await using TestHome home = new();
        CommandResult result = await MountedAsync(
            home,
            "size=4m",
            """
            "$OCAP" daemon exec 2>/dev/null >&2
            "$OCAP" daemon stop 2>/dev/null
            mount -o remount,ro "$HOME/.ocap"
            "$OCAP" daemon status 2>&1; echo "status $?"
            "$OCAP" daemon start 2>&1; echo "start $?"
            """,
            took: TimeSpan.FromSeconds(30));
        await Assert.That(result.Output).IsEqualTo(
            $"Daemon is not running.\nstatus 3\nCannot open the lock file {home.In("spawn.lock")}: Read-only file system. Choose a home that you may write to with --home or OCAP_HOME.\nstart 1\n");
    }

    private static async Task<CommandResult> MountedAsync(TestHome home, string options, string script, TimeSpan took)
    {
        if ((await home.ShellAsync("unshare -rm mount -t tmpfs tmpfs /tmp")).ExitCode != 0)
            Skip.Test("Nothing can be mounted here.");
        await File.WriteAllTextAsync(Path.Combine(home.Root, "script"), $"mkdir -m 700 \"$HOME/.ocap\" && mount -t tmpfs -o mode=700,{options} tmpfs \"$HOME/.ocap\" || exit 1\n{script}");
        long start = Stopwatch.GetTimestamp();
        CommandResult result = await home.ShellAsync($"unshare -rm sh {home.Root}/script");
        await Assert.That(Stopwatch.GetElapsedTime(start)).IsLessThan(took);
        return result;
    }
}
