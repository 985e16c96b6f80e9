namespace Ocap.Cli.CommandLine;

/// <summary>What is said about a mistaken command line: what is wrong, what to type, and what was perhaps meant. Never the whole help.</summary>
internal static class Usage
{
    internal static string Wrong(Command command, string what) =>
        $"{what}\nUsage: {command.Usage}\nFor help: {command.FullName} --help";

    /// <summary>A word or option that the command does not have.</summary>
    internal static string Unknown(Command command, string word)
    {
        IEnumerable<string> candidates = word.StartsWith('-')
            ? CommandTable.Global.Concat(command.Options).Where(o => !o.IsHidden).Select(o => "--" + o.Name)
            : [];
        return WithGuess(command, word, Suggestion.For(word, candidates) is { } option ? $"{command.FullName} {option}" : null);
    }

    /// <summary>A word that names no command of a group.</summary>
    internal static string UnknownCommand(Command group, string word)
    {
        Dictionary<string, Command> candidates = new(StringComparer.Ordinal);
        foreach (Command command in CommandTable.Leaves(CommandTable.Root).Concat(CommandTable.Root.Commands).Where(c => !c.IsHidden).Reverse())
        {
            foreach (string name in command.Aliases.Append(command.Word))
                candidates[name] = command;
        }
        foreach (Command command in group.Commands.Where(c => !c.IsHidden))
            candidates[command.Word] = command;
        return WithGuess(group, word, Suggestion.For(word, candidates.Keys) is { } guess ? candidates[guess].FullName : null);
    }

    private static string WithGuess(Command command, string word, string? guess) =>
        $"Unknown argument: {word}\nUsage: {command.Usage}\n{(guess is null ? $"For help: {command.FullName} --help" : $"Did you mean: {guess}")}";
}
