using ConsoleAppFramework;
using Ocap.Cli.CommandLine;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary><c>completion</c>: prints the script that teaches a shell to complete <c>ocap</c>.</summary>
internal static class CompletionVerb
{
    internal static int Run([Argument] string shell)
    {
        if (CompletionScript.For(shell) is not { } script)
            return ExecVerb.Fail($"There is no completion for {shell}. There is one for: {string.Join(", ", CompletionScript.Shells)}");
        Terminal.Result(script);
        return 0;
    }
}
