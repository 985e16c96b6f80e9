using Ocap.Daemon.Home;

namespace Ocap.Cli.Tests.Home;

public sealed class HomeDirectoryTests
{
    [Test]
    [Arguments(null, null, "/u", "/u/.ocap")]
    [Arguments(null, "", "/u", "/u/.ocap")]
    [Arguments(null, "/e/", "/u", "/e")]
    [Arguments("/o/../p", "/e", "/u", "/p")]
    [Arguments("", "/e", "/u", "/e")]
    [Arguments("/o", null, null, "/o")]
    public async Task The_option_wins_over_the_variable_and_that_over_HOME(string? option, string? variable, string? user, string path)
    {
        await Assert.That(Resolve(option, ("OCAP_HOME", variable), ("HOME", user)).Path).IsEqualTo(path);
    }

    [Test]
    public async Task Without_any_there_is_a_sentence()
    {
        await Assert.That(() => Resolve(null)).Throws<DaemonException>().WithMessage("HOME is not set, so there is no place for the daemon's state. Set HOME or OCAP_HOME, or pass --home <dir>.");
    }

    [Test]
    [Arguments(null, null, "/h/daemon.sock")]
    [Arguments(null, "/s", "/s")]
    [Arguments("/o", "/s", "/o/daemon.sock")]
    [Arguments("", "/s", "/s")]
    public async Task The_socket_is_the_variables_unless_the_home_is_named(string? option, string? socket, string path)
    {
        await Assert.That(Resolve(option, ("OCAP_HOME", "/h"), ("OCAP_SOCKET_PATH", socket)).Socket).IsEqualTo(path);
    }

    [Test]
    public async Task A_home_that_just_fits_has_its_own_socket_and_one_letter_more_has_not()
    {
        string fits = "/" + new string('é', (103 - "/daemon.sock".Length - 1) / 2);
        await Assert.That(Resolve(null, ("OCAP_HOME", fits + "xx"), ("XDG_RUNTIME_DIR", "/run/u")).Socket).StartsWith("/run/u/ocap-");
        await Assert.That(Resolve(null, ("OCAP_HOME", fits), ("XDG_RUNTIME_DIR", "/run/u")).Socket).IsEqualTo(fits + "/daemon.sock");
    }

    [Test]
    public async Task Long_homes_have_sockets_of_their_own()
    {
        string one = Resolve(null, ("OCAP_HOME", "/" + new string('a', 200)), ("XDG_RUNTIME_DIR", "/run/u")).Socket;
        string other = Resolve(null, ("OCAP_HOME", "/" + new string('b', 200)), ("XDG_RUNTIME_DIR", "/run/u")).Socket;
        await Assert.That(one).Matches("^/run/u/ocap-[0-9a-f]{16}\\.sock$");
        await Assert.That(other).IsNotEqualTo(one);
    }

    [Test]
    [Arguments(null)]
    [Arguments("relative")]
    public async Task A_long_home_without_a_runtime_directory_is_refused(string? runtime)
    {
        HomeDirectory home = Resolve(null, ("OCAP_HOME", "/" + new string('a', 200)), ("XDG_RUNTIME_DIR", runtime));
        await Assert.That(() => home.Socket).Throws<DaemonException>();
    }

    [Test]
    [Arguments("/u/.ocap/x", "~/.ocap/x")]
    [Arguments("/u2/x", "/u2/x")]
    [Arguments("/u", "/u")]
    public async Task The_own_home_directory_is_shown_as_a_tilde(string path, string shown)
    {
        await Assert.That(Resolve(null, ("HOME", "/u")).Tilde(path)).IsEqualTo(shown);
    }

    [Test]
    [Arguments("nfs", "nfs")]
    [Arguments("CIFS", "cifs")]
    [Arguments("ext3", null)]
    [Arguments("overlay", null)]
    [Arguments("tmpfs", null)]
    public async Task Network_file_systems_are_known_by_name(string format, string? network) => await Assert.That(NetworkFileSystem.Classify(format)).IsEqualTo(network);

    private static HomeDirectory Resolve(string? option, params (string Name, string? Value)[] environment) =>
        HomeDirectory.Resolve(option, name => environment.FirstOrDefault(e => e.Name == name).Value);
}
