using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Output;

/// <summary>How a module writes what it means by a binding: a name, or a property of one.</summary>
internal static class BindingText
{
    /// <param name="binding">What is meant.</param>
    /// <param name="user">The module that means it; null when it goes by an imported name, which a name of its own might not be free to replace.</param>
    public static string Of(Binding binding, Module? user)
    {
        if (binding.Kind == BindingKind.Member)
        {
            return JsText.Member(Of(binding.Holder!, user), binding.Name);
        }
        return binding.IsReachedByNamespace && !ReferenceEquals(binding.Module, user) && binding.Kind is not BindingKind.Interop
            ? JsText.Member(binding.Module.Namespace.FinalName, binding.ExportedAs!)
            : binding.FinalName;
    }

    /// <summary>Whether it is a property: called as it stands, it would be given a <c>this</c>.</summary>
    public static bool IsMember(Binding binding, Module? user) =>
        binding.Kind == BindingKind.Member || (binding.IsReachedByNamespace && !ReferenceEquals(binding.Module, user));
}
