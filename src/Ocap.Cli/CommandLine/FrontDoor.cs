namespace Ocap.Cli.CommandLine;

/// <summary>What a command line asks for.</summary>
internal abstract record Request
{
    /// <summary>A text for standard output, exit code 0.</summary>
    internal sealed record Print(string Text) : Request;

    /// <summary>A mistake in the command line: lines for standard error, exit code 1.</summary>
    internal sealed record Mistake(string Text) : Request;

    /// <summary>A command line that is known to be right: names in full, options on one side of the arguments, each once.</summary>
    internal sealed record Run(string[] Arguments, string? Home) : Request;
}

/// <summary>
/// Reads a command line by the command table before ConsoleAppFramework sees it, because the latter answers mistakes with help, on standard output,
/// with exit code 0. What passes is in one canonical form.
/// </summary>
internal sealed class FrontDoor
{
    private readonly string _version;
    private readonly List<string> _positionals = [];
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private Command _command;
    private bool _help;
    private bool _isVersion;
    private string? _home;

    private FrontDoor(Command root, string version)
    {
        _command = root;
        _version = version;
    }

    /// <summary>Reads a command line.</summary>
    internal static Request Read(ReadOnlySpan<string> arguments, string version, Command? root = null) =>
        arguments is [Completion.Word, ..] ? new Request.Print(Completion.Lines(arguments[1..])) : new FrontDoor(root ?? CommandTable.Root, version).Read(arguments);

    private Request Read(ReadOnlySpan<string> arguments)
    {
        string? mistake = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word is "--")
            {
                _positionals.AddRange(arguments[(i + 1)..]);
                break;
            }
            if (word.Length > 1 && word[0] == '-')
            {
                string? complaint = ReadOption(word, arguments, ref i);
                mistake ??= complaint;
            }
            else if (!Descend(word))
            {
                _positionals.Add(word);
            }
        }
        if (_isVersion)
            return new Request.Print(_version);
        if (_help)
            return _command.IsGroup && _positionals.Count > 0 ? new Request.Mistake(Usage.UnknownCommand(_command, _positionals[0])) : new Request.Print(HelpText.For(_command));
        return mistake is null ? Finish() : new Request.Mistake(mistake);
    }

    /// <summary>Goes into a group; "help" counts as a word of every group.</summary>
    private bool Descend(string word)
    {
        if (!_command.IsGroup || _positionals.Count > 0)
            return false;
        if (word is "help")
            return _help = true;
        if (_command.Find(word) is not { } next)
            return false;
        _command = next;
        return true;
    }

    private string? ReadOption(string word, ReadOnlySpan<string> arguments, ref int at)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        string? value = equals < 0 ? null : word[(equals + 1)..];
        bool negated = false;
        if (Find(name) is not { } option)
        {
            negated = name.StartsWith("--no-", StringComparison.Ordinal);
            option = negated ? Find("--" + name[5..]) : null;
            if (option is not { Value: null } || option.IsGlobal || value is not null)
                return Usage.Unknown(EffectiveCommand, name);
        }
        if (option.Value is null)
            return ReadSwitch(option, value, negated);
        if (value is null)
        {
            if (at + 1 >= arguments.Length || arguments[at + 1] is "--")
                return Usage.Wrong(EffectiveCommand, $"Not enough arguments following: {option.Name}");
            value = arguments[++at];
        }
        if (option == CommandTable.Home)
            return SetHome(value);
        return _options.TryAdd(option.Name, value) ? null : Usage.Wrong(EffectiveCommand, $"Option given twice: --{option.Name}");
    }

    private string? ReadSwitch(Option option, string? value, bool negated)
    {
        bool on = !negated && value is not "false";
        if (value is not (null or "true" or "false"))
            return Usage.Wrong(EffectiveCommand, $"--{option.Name} is a switch and takes no value: {value}");
        if (option == CommandTable.Help)
            _help |= on;
        else if (option == CommandTable.Version)
            _isVersion |= on;
        else if (!_options.TryAdd(option.Name, on ? "true" : "false"))
            return Usage.Wrong(EffectiveCommand, $"Option given twice: --{option.Name}");
        return null;
    }

    private string? SetHome(string value)
    {
        if (_home is not null)
            return Usage.Wrong(EffectiveCommand, "Option given twice: --home");
        _home = value;
        return null;
    }

    private Option? Find(string dashed)
    {
        IEnumerable<Option> known = CommandTable.Global.Concat(EffectiveCommand.Options);
        return dashed.StartsWith("--", StringComparison.Ordinal)
            ? known.FirstOrDefault(o => o.Name.AsSpan().SequenceEqual(dashed.AsSpan(2)))
            : known.FirstOrDefault(o => dashed.Length == 2 && o.Short == dashed[1]);
    }

    /// <summary>The command that options belong to: a group's default when no command of it was named.</summary>
    private Command EffectiveCommand => _command is { IsGroup: true, Default: { } name } && _command.Find(name) is { } standIn ? standIn : _command;

    private Request Finish()
    {
        if (_command.IsGroup && _positionals.Count > 0)
            return new Request.Mistake(Usage.UnknownCommand(_command, _positionals[0]));
        Command command = EffectiveCommand;
        if (command.IsGroup)
            return new Request.Mistake(Usage.Wrong(command, "Not enough non-option arguments: got 0, need at least 1"));
        int required = command.Arguments.Count(a => a.IsRequired);
        if (_positionals.Count < required)
            return new Request.Mistake(Usage.Wrong(command, $"Not enough non-option arguments: got {_positionals.Count}, need at least {required}"));
        if (_positionals.Count > command.Arguments.Length && !command.Arguments.Any(a => a.IsRepeated))
            return new Request.Mistake(Usage.Unknown(command, _positionals[command.Arguments.Length]));
        if (_positionals.IndexOf("") is >= 0 and var empty)
            return new Request.Mistake(Usage.Wrong(command, $"An argument cannot be empty: {command.Arguments[Math.Min(empty, command.Arguments.Length - 1)].Name}"));
        if (_options.FirstOrDefault(static o => o.Value.Length == 0) is { Key: { } valueless })
            return new Request.Mistake(Usage.Wrong(command, $"An option's value cannot be empty: --{valueless}"));
        if (_positionals.Find(p => p.Length > 1 && p[0] == '-') is { } dashed)
            return new Request.Mistake(Usage.Wrong(command, $"An argument cannot start with a dash: {dashed} (a file's name: type ./{dashed})"));
        if (Array.Find(command.Options, o => o.IsRequired && !_options.ContainsKey(o.Name)) is { } missing)
            return new Request.Mistake(Usage.Wrong(command, $"Missing required argument: {missing.Name}"));
        return new Request.Run(Canonical(command), _home);
    }

    private string[] Canonical(Command command)
    {
        List<string> options = [];
        foreach (Option option in command.Options)
        {
            if (!_options.TryGetValue(option.Name, out string? value) || (option.Value is null && value is "false"))
                continue;
            options.Add("--" + option.Name);
            if (option.Value is not null)
                options.Add(value);
        }
        // A repeated argument takes all that follows.
        return command.Arguments.Any(a => a.IsRepeated) ? [.. command.Name.Split(' '), .. options, .. _positionals] : [.. command.Name.Split(' '), .. _positionals, .. options];
    }
}
