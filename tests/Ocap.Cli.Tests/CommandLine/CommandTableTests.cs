using ConsoleAppFramework;
using Ocap.Cli.CommandLine;

namespace Ocap.Cli.Tests.CommandLine;

/// <summary>The command table against what ConsoleAppFramework was told: its own help lists the registrations.</summary>
[NotInParallel] // ConsoleAppFramework's output is one static
public sealed class CommandTableTests
{
    [Test]
    public async Task Every_command_of_the_table_is_registered_and_no_other()
    {
        string[] registered = [.. Lines(Help([])).SkipWhile(l => l != "Commands:").Skip(1).Select(l => l.Trim().Split("  ")[0])];
        await Assert.That(registered).IsEquivalentTo(Leaves().Select(c => c.Name));
    }

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task Arguments_and_options_are_those_of_the_registration(string name)
    {
        Command command = Leaves().Single(c => c.Name == name);
        string[] help = Lines(Help(name.Split(' ')));
        IEnumerable<string> options = Section(help, "Options:").Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(w => w.StartsWith("--", StringComparison.Ordinal))[2..]);
        await Assert.That(options).IsEquivalentTo(command.Options.Select(o => o.Name));
        await Assert.That(Section(help, "Arguments:").Count()).IsEqualTo(command.Arguments.Length);
        foreach (Option option in command.Options)
        {
            string line = Section(help, "Options:").Single(l => l.Contains("--" + option.Name, StringComparison.Ordinal));
            await Assert.That(line.Contains("<string", StringComparison.Ordinal)).IsEqualTo(option.Value is not null);
        }
    }

    [Test]
    public async Task Names_nest_and_nothing_is_there_twice()
    {
        string[] words = [.. CommandTable.Root.Commands.SelectMany(g => g.Commands.SelectMany(c => c.Aliases.Append(c.Name)))];
        await Assert.That(words.Distinct(StringComparer.Ordinal).Count()).IsEqualTo(words.Length);
        foreach (Command group in CommandTable.Root.Commands.Where(c => c.IsGroup))
        {
            await Assert.That(group.Commands.All(c => c.Name == $"{group.Name} {c.Word}")).IsTrue();
            await Assert.That(group.Default is null || group.Find(group.Default) is not null).IsTrue();
        }
    }

    public static IEnumerable<string> Names() => Leaves().Select(c => c.Name);

    private static IEnumerable<Command> Leaves() => CommandTable.Leaves(CommandTable.Root);

    private static string Help(string[] name)
    {
        string text = "";
        Action<string> before = ConsoleApp.Log;
        ConsoleApp.Log = line => text += line + "\n";
        try
        {
            Invocation.Registrations().Run([.. name, "--help"]);
        }
        finally
        {
            ConsoleApp.Log = before;
        }
        return text;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Section(string[] help, string title) => help.SkipWhile(l => l != title).Skip(1).TakeWhile(l => l.StartsWith(' '));
}
