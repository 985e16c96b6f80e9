using Ocap.Cli.CommandLine;
using Ocap.Daemon.Methods;

namespace Ocap.Cli.Tests.CommandLine;

/// <summary>What a shell is told that may come next. A line here ends with the word to be completed; "|" stands for an empty one.</summary>
public sealed class CompletionTests
{
    [Test]
    [Arguments("|", "bundle serve watch start daemon completion")]
    [Arguments("s", "serve start")]
    [Arguments("da", "daemon")]
    [Arguments("nosuch", "")]
    [Arguments("daemon st", "start stop status")]
    [Arguments("help dae", "daemon")]
    [Arguments("--home /h daemon pu", "purge")]
    [Arguments("--home = /h daemon pu", "purge")]
    [Arguments("--home=/h daemon pu", "purge")]
    [Arguments("--home |", "")]
    [Arguments("daemon exec is", "isRevoked")]
    [Arguments("daemon exec --timeout 3 is", "isRevoked")]
    [Arguments("daemon exec isRevoked |", "")]
    [Arguments("daemon exec --", "--timeout --home --version --help")]
    [Arguments("daemon exec --timeout 3 --ho", "--home")]
    [Arguments("daemon exec --timeout 3 --ti", "")]
    [Arguments("daemon exec -- is", "")]
    [Arguments("daemon logs -", "--follow --home --version --help")]
    [Arguments("daemon run --d", "")]
    [Arguments("daemon begone --f", "--force")]
    [Arguments("bundle a.js -o d --m", "--minify")]
    [Arguments("bundle |", "")]
    [Arguments("completion |", "bash zsh fish pwsh")]
    [Arguments("vat", "")]
    public async Task What_may_come_next(string line, string expected)
    {
        string[] words = [.. line.Split(' ').Select(word => word is "|" ? "" : word)];
        await Assert.That(string.Join(' ', Completion.Of(words).Select(candidate => candidate.Word))).IsEqualTo(expected);
    }

    [Test]
    public async Task Every_command_and_option_that_the_help_shows_is_offered()
    {
        foreach (Command command in CommandTable.Leaves(CommandTable.Root).Where(c => !c.IsHidden))
        {
            string[] words = command.Name.Split(' ');
            await Assert.That(Completion.Of(words).Select(c => c.Word)).Contains(words[^1]);
            IEnumerable<string> options = command.Options.Concat(CommandTable.Global).Where(o => !o.IsHidden).Select(o => "--" + o.Name);
            await Assert.That(Completion.Of([.. words, "--"]).Select(c => c.Word)).IsEquivalentTo(options);
        }
        await Assert.That(Completion.Of(["daemon", "exec", ""]).Select(c => c.Word)).IsEquivalentTo(MethodNames.All);
    }

    [Test]
    public async Task A_candidate_comes_with_its_summary()
    {
        await Assert.That(FrontDoor.Read(["__complete", "daemon", "sto"], "1.2.3")).IsEqualTo(new Request.Print("stop\tStop the daemon and wait until it is gone"));
    }

    [Test]
    public async Task There_is_a_script_for_each_shell_that_is_named()
    {
        foreach (string shell in CompletionScript.Shells)
            await Assert.That(CompletionScript.For(shell)).Contains(Completion.Word);
        await Assert.That(CompletionScript.For("csh")).IsNull();
    }
}
