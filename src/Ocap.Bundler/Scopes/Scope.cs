namespace Ocap.Bundler.Scopes;

/// <summary>Names declared in one lexical scope.</summary>
/// <param name="parent">The scope around it; null for a module's top level.</param>
/// <param name="holdsVars">True where <c>var</c> declarations end up: functions, static blocks, the module.</param>
internal sealed class Scope(Scope? parent, bool holdsVars)
{
    private HashSet<string>? _names;

    public Scope? Parent { get; } = parent;

    public bool IsTopLevel => Parent is null;

    public Scope VarScope => holdsVars ? this : Parent!.VarScope;

    public IEnumerable<string> Names => _names ?? Enumerable.Empty<string>();

    public void Declare(string name) => (_names ??= new(StringComparer.Ordinal)).Add(name);

    /// <summary>The scope that declares <paramref name="name"/> as seen from here, or null: a global.</summary>
    public Scope? Find(string name)
    {
        Scope? scope = this;
        while (scope is not null && scope._names?.Contains(name) != true)
        {
            scope = scope.Parent;
        }
        return scope;
    }
}
