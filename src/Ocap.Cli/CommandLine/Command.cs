namespace Ocap.Cli.CommandLine;

/// <summary>One command, or group of commands, as a person types it. Help, usage errors, suggestions and the front door all read this, and nothing else.</summary>
/// <param name="Name">The words after <c>ocap</c>, separated by one space; empty for <c>ocap</c> itself.</param>
/// <param name="Summary">One line without a full stop.</param>
internal sealed record Command(string Name, string Summary)
{
    /// <summary>Other names for its last word.</summary>
    internal string[] Aliases { get; init; } = [];

    /// <summary>The commands of a group; empty for a command that does something.</summary>
    internal Command[] Commands { get; init; } = [];

    /// <summary>For a group: the command it stands for when it is typed alone.</summary>
    internal string? Default { get; init; }

    /// <summary>Left out of help and suggestions: for ocap itself.</summary>
    internal bool IsHidden { get; init; }

    internal Argument[] Arguments { get; init; } = [];

    internal Option[] Options { get; init; } = [];

    internal Example[] Examples { get; init; } = [];

    internal bool IsGroup => Commands.Length > 0;

    /// <summary>The last word of the name.</summary>
    internal string Word => Name[(Name.LastIndexOf(' ') + 1)..];

    internal string FullName => Name.Length == 0 ? "ocap" : $"ocap {Name}";

    /// <summary>What to type, on one line.</summary>
    internal string Usage
    {
        get
        {
            List<string> parts = [FullName];
            if (IsGroup)
                parts.Add(Default is null ? "<command>" : "[command]");
            parts.AddRange(Arguments.Select(a => a.Usage));
            parts.AddRange(Options.Where(o => o.IsRequired).Select(o => o.Usage));
            if (IsGroup || Options.Any(o => !o.IsRequired && !o.IsHidden))
                parts.Add("[options]");
            return string.Join(' ', parts);
        }
    }

    /// <summary>The command of this group with a name, or with a name like an alias.</summary>
    internal Command? Find(string word) =>
        Array.Find(Commands, c => string.Equals(c.Word, word, StringComparison.Ordinal) || c.Aliases.Contains(word, StringComparer.Ordinal));
}

/// <summary>A value told by its place.</summary>
internal sealed record Argument(string Name, string Summary)
{
    internal bool IsRequired { get; init; }

    /// <summary>Words that it may be, for the completion of a shell; empty where that cannot be listed.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Takes all that follow.</summary>
    internal bool IsRepeated { get; init; }

    internal string Usage => IsRequired ? $"<{Name}{(IsRepeated ? "..>" : ">")}" : $"[{Name}]";
}

/// <summary>A value or switch told by its name.</summary>
/// <param name="Name">Without dashes.</param>
/// <param name="Value">What its value is called; null for a switch.</param>
/// <param name="Summary">One line without a full stop.</param>
internal sealed record Option(string Name, string? Value, string Summary)
{
    /// <summary>One letter.</summary>
    internal char? Short { get; init; }

    internal bool IsRequired { get; init; }

    /// <summary>Left out of help: for ocap itself.</summary>
    internal bool IsHidden { get; init; }

    /// <summary>May come anywhere before <c>--</c>, with any command.</summary>
    internal bool IsGlobal { get; init; }

    internal string Usage => Value is null ? $"--{Name}" : $"--{Name} <{Value}>";
}

/// <summary>A line to type and what it does.</summary>
internal sealed record Example(string Line, string Summary);
