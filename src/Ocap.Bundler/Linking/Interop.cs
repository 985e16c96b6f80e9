using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Linking;

/// <summary>
/// A CommonJS module as ES modules see it. Importers that Node takes for ES modules (<c>.mjs</c>, <c>"type": "module"</c>) get all of <c>module.exports</c> as the
/// default, as in Node; others get <c>exports.default</c> where <c>__esModule</c> says that it was an ES module once.
/// </summary>
internal sealed class Interop(Module module)
{
    private readonly Dictionary<(bool, string), Binding> _members = [];
    private readonly Binding?[] _namespaces = new Binding?[2];

    /// <summary>Those that exist, with whether they are for Node's way.</summary>
    public IEnumerable<(Binding Binding, bool IsNodeWay)> Namespaces =>
        new[] { (_namespaces[0]!, false), (_namespaces[1]!, true) }.Where(n => n.Item1 is not null);

    public Binding Namespace(bool isNodeWay) =>
        _namespaces[isNodeWay ? 1 : 0] ??= new Binding(module, "import_" + module.BaseName, BindingKind.Interop);

    public Binding Member(bool isNodeWay, string name)
    {
        if (!_members.TryGetValue((isNodeWay, name), out Binding? member))
        {
            member = new Binding(module, name, BindingKind.Member) { Holder = Namespace(isNodeWay) };
            _members.Add((isNodeWay, name), member);
        }
        return member;
    }
}
