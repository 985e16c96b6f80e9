namespace Ocap.Cli.CommandLine;

/// <summary>What may come next on a command line that is being typed, for the completion of a shell. It reads the command table, as the help does.</summary>
internal static class Completion
{
    /// <summary>The word after which a shell's script hands over the line. No command: what follows it is not a command line of ours, but about one.</summary>
    internal const string Word = "__complete";

    /// <summary>The candidates, a line each: the word, a tab, its summary. None where a file is to be named, which shells complete by themselves.</summary>
    /// <param name="words">What was typed after <c>ocap</c>, up to the word to be completed, which may be empty.</param>
    internal static string Lines(ReadOnlySpan<string> words) => string.Join('\n', Of(words).Select(static c => $"{c.Word}\t{c.Summary}"));

    internal static IEnumerable<(string Word, string Summary)> Of(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
            return [];
        string current = words[^1];
        Command command = CommandTable.Root;
        HashSet<string> given = new(StringComparer.Ordinal);
        int arguments = 0;
        bool takesValue = false;
        foreach (string word in words[..^1])
        {
            if (word is "--")
                return [];
            // Bash takes "--name=value" apart at the sign.
            if (word is "=")
                takesValue = true;
            else if (takesValue)
                takesValue = false;
            else if (word.StartsWith('-') && word.Length > 1)
                takesValue = !word.Contains('=', StringComparison.Ordinal) && Note(Find(command, word), given);
            else if (command.Find(word) is { } next && arguments == 0)
                command = next;
            else if (word is not "help" || !command.IsGroup)
                arguments++;
        }
        IEnumerable<(string Word, string Summary)> candidates = takesValue || current is "=" ? []
            : current.StartsWith('-') ? Options(command).Where(o => !given.Contains(o.Name)).Select(static o => ("--" + o.Name, o.Summary))
            : command.IsGroup ? command.Commands.Where(static c => !c.IsHidden).Select(static c => (c.Word, c.Summary))
            : ArgumentAt(command, arguments) is { Choices: var choices } ? choices.Select(static c => (c, "")) : [];
        return candidates.Where(c => c.Word.StartsWith(current, StringComparison.Ordinal));
    }

    private static bool Note(Option? option, HashSet<string> given)
    {
        if (option is not null)
            given.Add(option.Name);
        return option is { Value: not null };
    }

    private static Argument? ArgumentAt(Command command, int index) =>
        index < command.Arguments.Length ? command.Arguments[index] : null;

    private static Option? Find(Command command, string dashed) =>
        Options(command).FirstOrDefault(o => dashed.AsSpan(dashed.StartsWith("--", StringComparison.Ordinal) ? 2 : 1) is var name
            && (name.SequenceEqual(o.Name) || (name.Length == 1 && name[0] == o.Short)));

    private static IEnumerable<Option> Options(Command command) => command.Options.Where(static o => !o.IsHidden).Concat(CommandTable.Global);
}
