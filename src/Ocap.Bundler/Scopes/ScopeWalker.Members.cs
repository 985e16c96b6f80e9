using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <content>Names with what is read from them, <c>a.b.c</c>, and what is called.</content>
internal sealed partial class ScopeWalker
{
    private void VisitCallee(Node callee, Scope scope)
    {
        switch (callee)
        {
            case Identifier name:
                _names.Add(new NameUse(name, scope) { CalleeEnd = name.End });
                break;
            case MemberExpression member:
                VisitMember(member, scope, member.End);
                break;
            default:
                Visit(callee, scope);
                break;
        }
    }

    private void VisitMember(MemberExpression member, Scope scope, int calleeEnd = -1)
    {
        if (NodeEnvironment.IsMention(member, out Identifier? process))
        {
            _nodeEnvs.Add((scope, member.Start, member.End));
            _names.Add(new NameUse(process, scope));
        }
        else if (TryReadMembers(member, out Identifier? root, out var members))
        {
            _names.Add(new NameUse(root, scope) { Members = members, CalleeEnd = calleeEnd });
        }
        else
        {
            VisitWrittenMember(member, scope);
        }
    }

    /// <summary>A member that is assigned to or deleted: it is not the same as what it holds.</summary>
    private void VisitWrittenMember(MemberExpression member, Scope scope)
    {
        Visit(member.Object, scope);
        if (member.Computed)
        {
            Visit(member.Property, scope);
        }
    }

    private static bool TryReadMembers(MemberExpression member, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Identifier? root, out (string Name, int End)[] members)
    {
        var path = new Stack<(string, int)>();
        Node at = member;
        while (at is MemberExpression { Computed: false, Optional: false, Property: Identifier name } read && !NodeEnvironment.IsMention(read, out _))
        {
            path.Push((name.Name, read.End));
            at = read.Object;
        }
        root = at as Identifier;
        members = [.. path];
        return root is not null;
    }
}
