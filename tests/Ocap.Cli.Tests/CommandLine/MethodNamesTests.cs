using Ocap.Daemon.Log;
using Ocap.Daemon.Methods;
using Ocap.Daemon.Server;

namespace Ocap.Cli.Tests.CommandLine;

public sealed class MethodNamesTests
{
    [Test]
    public async Task What_the_command_line_suggests_is_what_a_daemon_can_do()
    {
        string file = Path.GetTempFileName();
        using DaemonLog log = new(file, TimeProvider.System);
        RpcServices services = new(null!, null!, null!, null!, static _ => { });
        IEnumerable<string> known = new MethodTable(services, ServerLimits.Default, log, TimeProvider.System).Names;
        await Assert.That(known.Except(MethodNames.All)).IsEquivalentTo(["issueOcapURL", "redeemOcapURL", "initRemoteComms", "registerLocationHints"]);
        await Assert.That(MethodNames.All.Except(known)).IsEmpty();
        File.Delete(file);
    }
}
