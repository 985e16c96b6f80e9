using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>
/// Finds the statements that the entry needs: those that do something when they are evaluated, in modules that are evaluated, and whatever these mention.
/// CommonJS and what it requires is taken whole.
/// </summary>
internal sealed class TreeShaker(LinkedModules linked)
{
    private readonly Stack<Action> _open = new();
    private readonly Dictionary<Module, ILookup<string, TopStatement>> _declarations = [];

    public void Shake()
    {
        Mark(linked.Entry);
        foreach (Binding binding in linked.EntryExports.Values)
        {
            Mark(binding);
        }
        foreach (Binding unknown in ExportResolver.Unknown(linked.Entry))
        {
            Mark(unknown);
        }
        while (_open.TryPop(out Action? next))
        {
            next();
        }
    }

    private void Mark(Module module)
    {
        if (!module.IsLive)
        {
            module.IsLive = true;
            _open.Push(() => Follow(module));
        }
    }

    private void Mark(Binding binding)
    {
        if (!binding.IsLive)
        {
            binding.IsLive = true;
            _open.Push(() => Follow(binding));
        }
    }

    private void Mark(Module module, TopStatement statement)
    {
        if (!statement.IsLive)
        {
            statement.IsLive = true;
            _open.Push(() => MarkMentions(module, statement.Mentions));
            if (statement.Declared.Contains(Scopes.ScopeWalker.DefaultName))
            {
                // Nothing mentions it; it is declared all the same, and needs a name that no other module's has.
                Mark(module.Contents.TopLevel[Scopes.ScopeWalker.DefaultName]);
            }
        }
    }

    private void Follow(Module module)
    {
        if (module.Kind == ModuleKind.Json)
        {
            return;
        }
        if (!module.IsHoisted)
        {
            FollowWhole(module);
            return;
        }
        foreach (Module? dependency in module.Dependencies)
        {
            if (dependency!.HasSideEffects)
            {
                Mark(dependency);
            }
        }
        var purity = new Purity(linked, module);
        foreach (TopStatement statement in module.Contents.Statements)
        {
            if (!purity.IsPure(statement))
            {
                Mark(module, statement);
            }
        }
    }

    private void FollowWhole(Module module)
    {
        foreach (Module? dependency in module.Dependencies)
        {
            if (dependency is null)
            {
                continue;
            }
            Mark(dependency);
            if (!dependency.IsHoisted)
            {
                dependency.Starter.Importers.Add((module, ""));
            }
            if (module.Kind == ModuleKind.CommonJs && dependency.Kind != ModuleKind.CommonJs)
            {
                Use(dependency.Kind == ModuleKind.Json ? dependency.Contents.TopLevel.GetAt(0).Value : dependency.Namespace, module, "");
            }
        }
        if (module.Kind == ModuleKind.Esm)
        {
            Mark(module.Namespace);
            MarkMentions(module, ..module.Contents.Mentions.Count);
        }
    }

    private void MarkMentions(Module module, Range range)
    {
        for (int i = range.Start.Value; i < range.End.Value; i++)
        {
            Mention mention = module.Contents.Mentions[i];
            Use(linked.Resolve(module, mention).Binding, module, mention.Name);
        }
    }

    private void Use(Binding binding, Module user, string alias)
    {
        Mark(binding);
        Binding carrier = binding.Carrier;
        bool isOwnName = ReferenceEquals(carrier, binding) && ReferenceEquals(carrier.Module, user) && string.Equals(carrier.Name, alias, StringComparison.Ordinal);
        if (!isOwnName)
        {
            carrier.Importers.Add((user, ReferenceEquals(carrier, binding) ? alias : ""));
        }
    }

    // The object of a module with a scope of its own is filled within that scope.
    private void UseInNamespace(Binding member, Module module)
    {
        if (module.IsWrapped)
        {
            Use(member, module, "");
        }
        else
        {
            Mark(member);
        }
    }

    private void Follow(Binding binding)
    {
        Mark(binding.Module);
        switch (binding.Kind)
        {
            case BindingKind.Member:
                Mark(binding.Holder!);
                break;
            case BindingKind.Namespace:
                foreach (Binding member in ExportResolver.All(binding.Module).Values.Concat(ExportResolver.Unknown(binding.Module)))
                {
                    UseInNamespace(member, binding.Module);
                }
                break;
            case BindingKind.Interop or BindingKind.Starter:
                break;
            default:
                foreach (TopStatement statement in DeclarationsOf(binding))
                {
                    Mark(binding.Module, statement);
                }
                break;
        }
    }

    private IEnumerable<TopStatement> DeclarationsOf(Binding binding)
    {
        Module module = binding.Module;
        if (!_declarations.TryGetValue(module, out ILookup<string, TopStatement>? declarations))
        {
            declarations = (from statement in module.Contents.Statements from name in statement.Declared select (name, statement)).ToLookup(d => d.name, d => d.statement, StringComparer.Ordinal);
            _declarations.Add(module, declarations);
        }
        return declarations[binding.Kind is BindingKind.DefaultValue || binding.OwnName is "default" ? Scopes.ScopeWalker.DefaultName : binding.Name];
    }
}
