using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>A graph whose every import is known to mean something, of which is known what is needed, and whose every name is decided.</summary>
internal sealed record LinkedModules
{
    /// <summary>In evaluation order.</summary>
    public required IReadOnlyList<Module> Modules { get; init; }

    public required Module Entry { get; init; }

    /// <summary>What each module's imported local names stand for.</summary>
    public required IReadOnlyDictionary<Module, Dictionary<string, Binding>> Imports { get; init; }

    public required SortedDictionary<string, Binding> EntryExports { get; init; }

    public NameTable Names { get; set; } = null!;

    /// <summary>What a mention in <paramref name="module"/> stands for, and where the text that says so ends: properties read from a namespace belong to it.</summary>
    public (Binding Binding, int End) Resolve(Module module, in Mention mention)
    {
        Binding binding = Imports[module].TryGetValue(mention.Name, out Binding? import) ? import : module.Contents.TopLevel[mention.Name];
        int end = mention.End;
        foreach (var (name, memberEnd) in mention.Members)
        {
            if (binding.Kind != BindingKind.Namespace || ExportResolver.Find(binding.Module, name, out _) is not { } member)
            {
                break;
            }
            (binding, end) = (member, memberEnd);
        }
        return (binding, end);
    }
}
