namespace Ocap.Cli.CommandLine;

/// <summary>
/// The scripts that teach a shell to complete <c>ocap</c>. They ask the executable itself each time, so that they know no command and cannot go stale.
/// </summary>
internal static class CompletionScript
{
    private const string Bash = """
        # Completes the commands and options of ocap. In ~/.bashrc: source <(ocap completion bash)
        _ocap_complete() {
            local word summary
            COMPREPLY=()
            while IFS=$'\t' read -r word summary; do
                [ -n "$word" ] && COMPREPLY+=("$word")
            done < <("${1/#\~/$HOME}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -o default -F _ocap_complete ocap
        """;

    private const string Zsh = """
        # Completes the commands and options of ocap. In ~/.zshrc, after compinit: source <(ocap completion zsh)
        _ocap_complete() {
            local line
            local -a found
            while IFS= read -r line; do
                [[ -n $line ]] && found+=("${line%%$'\t'*}:${line#*$'\t'}")
            done < <(${~words[1]} __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
            if (( ${#found} )); then _describe 'ocap' found; else _files; fi
        }
        compdef _ocap_complete ocap
        """;

    private const string Fish = """
        # Completes the commands and options of ocap. In ~/.config/fish/config.fish: ocap completion fish | source
        function __ocap_complete
            set -l words (commandline -opc)
            $words[1] __complete $words[2..-1] (commandline -ct | string collect --allow-empty) 2>/dev/null
        end
        complete -c ocap -a '(__ocap_complete)'
        """;

    private const string PowerShell = """
        # Completes the commands and options of ocap. In $PROFILE: ocap completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName ocap -ScriptBlock {
            param($word, $line, $position)
            $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
            if ($word -eq '') { $words += '' }
            & $line.CommandElements[0].Extent.Text __complete @words 2>$null | Where-Object { $_ } | ForEach-Object {
                $name, $summary = $_ -split "`t", 2
                [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $(if ($summary) { $summary } else { $name }))
            }
        }
        """;

    /// <summary>The shells there is a script for.</summary>
    internal static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script; null for a shell that is not among <see cref="Shells"/>.</summary>
    internal static string? For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => null,
    };
}
