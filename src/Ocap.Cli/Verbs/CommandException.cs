namespace Ocap.Cli.Verbs;

/// <summary>A command cannot do what was asked: its message is a sentence for the person at the terminal.</summary>
internal sealed class CommandException(string message) : Exception(message)
{
    /// <summary>The sentence alone: nobody at a terminal wants a stack for it.</summary>
    public override string ToString() => Message;
}
