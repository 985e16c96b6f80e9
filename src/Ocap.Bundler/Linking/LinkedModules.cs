using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>A graph whose every import is known to mean something, and whose every name is decided.</summary>
internal sealed record LinkedModules
{
    /// <summary>In evaluation order.</summary>
    public required IReadOnlyList<Module> Modules { get; init; }

    /// <summary>What each module's imported local names stand for.</summary>
    public required IReadOnlyDictionary<Module, Dictionary<string, Binding>> Imports { get; init; }

    /// <summary>Modules whose namespace object exists, with its members.</summary>
    public required IReadOnlyList<(Module Module, SortedDictionary<string, Binding> Members)> Namespaces { get; init; }

    public required SortedDictionary<string, Binding> EntryExports { get; init; }

    public required NameTable Names { get; init; }
}
