using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

public sealed class CompletionTests
{
    [Test]
    [Arguments("daemon st", "start stop status")]
    [Arguments("daemon exec queue", "queueMessage")]
    [Arguments("daemon exec --tim", "--timeout")]
    [Arguments("bundle x", "")]
    public async Task Bash_completes_what_is_typed(string line, string expected)
    {
        await using TestHome home = new();
        string script =
            $$"""
            PATH="$(dirname "$OCAP"):$PATH"
            source <(ocap completion bash) || exit 1
            COMP_WORDS=(ocap {{line}}) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p ocap | sed 's/.*-F \([^ ]*\).*/\1/') ocap
            echo "${COMPREPLY[*]}"
            """;
        CommandResult result = await Command.RunAsync("/bin/bash", ["-c", script], home.With(new() { ["OCAP"] = OcapBinary.Path }));
        await Assert.That(result).IsEqualTo(new CommandResult(0, expected + "\n", ""));
    }

    [Test]
    public async Task A_shell_without_a_script_is_said_so()
    {
        await using TestHome home = new();
        await Assert.That(await home.RunAsync("completion", "csh")).IsEqualTo(new CommandResult(1, "", "There is no completion for csh. There is one for: bash, zsh, fish, pwsh\n"));
    }
}
