using System.Text;

namespace Ocap.Cli.CommandLine;

/// <summary>The help of a command, 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int WidestLabel = 34;

    internal static string For(Command command)
    {
        StringBuilder text = new();
        text.Append("Usage: ").Append(command.Usage).Append("\n\n");
        Wrap(text, command.Summary + ".", 0, 0);
        Section(text, "Commands", command.Commands.Where(c => !c.IsHidden).Select(c => (Label(c), Describe(command, c))));
        Section(text, "Arguments", command.Arguments.Select(a => (a.Name, a.Summary)));
        Section(text, "Options", command.Options.Where(o => !o.IsHidden).Concat(CommandTable.Global).Select(o => (Label(o), o.Summary + (o.IsRequired ? " (required)" : ""))));
        if (command.Examples.Length > 0)
        {
            text.Append("\nExamples:\n");
            foreach (Example example in command.Examples)
                text.Append("  ").Append(example.Line).Append("\n      ").Append(example.Summary).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static string Label(Command command) => $"{command.FullName}{string.Concat(command.Arguments.Select(a => " " + a.Usage))}";

    private static string Label(Option option) => (option.Short is { } letter ? $"-{letter}, " : "    ") + option.Usage;

    private static string Describe(Command group, Command command) => command.Summary
        + (string.Equals(command.Word, group.Default, StringComparison.Ordinal) ? " [default]" : "")
        + (command.Aliases.Length > 0 ? $" [aliases: {string.Join(", ", command.Aliases)}]" : "");

    private static void Section(StringBuilder text, string title, IEnumerable<(string Label, string Summary)> entries)
    {
        List<(string Label, string Summary)> list = [.. entries];
        if (list.Count == 0)
            return;
        int column = Math.Min(list.Max(e => e.Label.Length), WidestLabel) + 4;
        text.Append('\n').Append(title).Append(":\n");
        foreach ((string label, string summary) in list)
        {
            text.Append("  ").Append(label);
            int at = 2 + label.Length;
            if (at + 2 > column)
            {
                text.Append('\n');
                at = 0;
            }
            text.Append(' ', column - at);
            Wrap(text, summary, column, column);
        }
    }

    /// <summary>Appends words, breaking lines at the width and indenting what follows.</summary>
    private static void Wrap(StringBuilder text, string words, int at, int indent)
    {
        bool first = true;
        foreach (string word in words.Split(' '))
        {
            if (!first && at + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', indent);
                at = indent;
                first = true;
            }
            if (!first)
            {
                text.Append(' ');
                at++;
            }
            text.Append(word);
            at += word.Length;
            first = false;
        }
        text.Append('\n');
    }
}
