using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

public sealed class UsageTests
{
    [Test]
    [Arguments("--version")]
    [Arguments("daemon --version")]
    [Arguments("--help")]
    [Arguments("help")]
    [Arguments("-h")]
    [Arguments("daemon help")]
    [Arguments("daemon exec --help")]
    [Arguments("bundle --help")]
    public async Task Help_and_version_go_to_standard_output_with_exit_code_0(string line)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync(line.Split(' '));
        await Assert.That(result.Error).IsEqualTo("");
        await Assert.That(result.Output).IsNotEmpty();
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Output.Split('\n').Max(l => l.Length)).IsLessThanOrEqualTo(80);
    }

    [Test]
    [Arguments("", "Not enough non-option arguments: got 0, need at least 1", "ocap <command> [options]", "For help: ocap --help")]
    [Arguments("bogus", "Unknown argument: bogus", "ocap <command> [options]", "For help: ocap --help")]
    [Arguments("daemno", "Unknown argument: daemno", "ocap <command> [options]", "Did you mean: ocap daemon")]
    [Arguments("exec", "Unknown argument: exec", "ocap <command> [options]", "Did you mean: ocap daemon exec")]
    [Arguments("daemon bogus", "Unknown argument: bogus", "ocap daemon [command] [options]", "For help: ocap daemon --help")]
    [Arguments("daemon sotp", "Unknown argument: sotp", "ocap daemon [command] [options]", "Did you mean: ocap daemon stop")]
    [Arguments("daemon stop --bogus", "Unknown argument: --bogus", "ocap daemon stop", "For help: ocap daemon stop --help")]
    [Arguments("daemon stop extra", "Unknown argument: extra", "ocap daemon stop", "For help: ocap daemon stop --help")]
    [Arguments("bundle", "Not enough non-option arguments: got 0, need at least 1", "ocap bundle <targets..> [options]", "For help: ocap bundle --help")]
    [Arguments("daemon exec getStatus {} extra", "Unknown argument: extra", "ocap daemon exec [method] [params-json] [options]", "For help: ocap daemon exec --help")]
    [Arguments("daemon exec --tiemout 3", "Unknown argument: --tiemout", "ocap daemon exec [method] [params-json] [options]", "Did you mean: ocap daemon exec --timeout")]
    [Arguments("daemon purge", "Missing required argument: force", "ocap daemon purge --force", "For help: ocap daemon purge --help")]
    [Arguments("daemon exec --timeout", "Not enough arguments following: timeout", "ocap daemon exec [method] [params-json] [options]", "For help: ocap daemon exec --help")]
    [Arguments("daemon status --home", "Not enough arguments following: home", "ocap daemon status [options]", "For help: ocap daemon status --help")]
    [Arguments("bundle a.js --minfy", "Unknown argument: --minfy", "ocap bundle <targets..> [options]", "Did you mean: ocap bundle --minify")]
    [Arguments("bundle a.js -o", "Not enough arguments following: out-dir", "ocap bundle <targets..> [options]", "For help: ocap bundle --help")]
    [Arguments("stop", "Unknown argument: stop", "ocap <command> [options]", "Did you mean: ocap daemon stop")]
    [Arguments("strat", "Unknown argument: strat", "ocap <command> [options]", "Did you mean: ocap start")]
    [Arguments("serve", "Not enough non-option arguments: got 0, need at least 1", "ocap serve <dir> [options]", "For help: ocap serve --help")]
    [Arguments("start d -P 3", "Unknown argument: -P", "ocap start <dir> [options]", "For help: ocap start --help")]
    [Arguments("watch a b", "Unknown argument: b", "ocap watch <dir>", "For help: ocap watch --help")]
    public async Task A_mistake_is_one_line_a_usage_and_a_hint_on_standard_error(string line, string complaint, string usage, string hint)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        await Assert.That(result.Error).IsEqualTo($"{complaint}\nUsage: {usage}\n{hint}\n");
        await Assert.That(result.Output).IsEqualTo("");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    [Arguments("--no-force")]
    [Arguments("--force=false")]
    public async Task Purge_without_force_says_what_it_would_do(string option)
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "purge", option);
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "Usage: ocap daemon purge --force\nThis will delete all OCAP daemon state.\n"));
    }
}
