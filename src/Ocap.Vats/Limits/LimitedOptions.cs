using Jint;
using Jint.Runtime;
using Jint.Runtime.Interop;
using Jint.Runtime.Modules;
using Ocap.Vats.Global;

namespace Ocap.Vats.Limits;

/// <summary>The one place that turns <see cref="VatLimits"/> into engine options. Everything that grants something stays off.</summary>
internal static class LimitedOptions
{
    internal static Options For(VatLimits limits, CrankBudget budget, Action<VatHost> hostMade)
    {
        var options = new Options
        {
            Strict = true,
            AgentCanSuspend = false,
            RetainFunctionSourceText = true,
            ExperimentalFeatures = ExperimentalFeature.None,
        };
        options.Constraint(budget);
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxArraySize = limits.ArrayLength;
        options.Constraints.RegexTimeout = limits.RegexTimeout;
        options.Constraints.MaxAtomicsPauseIterations = 1;
        options.Json.MaxParseDepth = limits.JsonDepth;
        options.Interop.Enabled = false;
        options.Modules.RegisterRequire = false;
        options.Modules.ModuleLoader = new NoModules();
        options.SetReferencesResolver(UndeclaredNames.Resolver, ReferenceResolverInterests.UnresolvableReference);
        options.UseHostFactory(_ =>
        {
            var host = new VatHost();
            hostMade(host);
            return host;
        });
        return options;
    }
}

/// <summary>The engine's host: text becomes code only for the vat's own tamed <c>eval</c> or <c>Function</c>.</summary>
internal sealed class VatHost : Host
{
    private bool _allowed;

    /// <summary>Allows the one compilation that follows; everything else that compiles text is refused, whichever intrinsic it comes through.</summary>
    internal void AllowCompiling() => _allowed = true;

    /// <summary>Takes an allowance back that was not used.</summary>
    internal void ForbidCompiling() => _allowed = false;

    public override void EnsureCanCompileStrings(Realm callerRealm, Realm evalRealm)
    {
        if (!_allowed) throw new JavaScriptException(callerRealm.Intrinsics.TypeError, "Code cannot be made from text here");
        _allowed = false;
    }
}

/// <summary>A bundle is one script: <c>import()</c> gives a rejected promise, as any failed import does.</summary>
internal sealed class NoModules : IModuleLoader
{
    public ResolvedSpecifier Resolve(string? referencingModuleLocation, ModuleRequest moduleRequest) =>
        new(moduleRequest, moduleRequest.Specifier, Uri: null, SpecifierType.Bare);

    public Module LoadModule(Jint.Engine engine, ResolvedSpecifier resolved) =>
        throw new JavaScriptException(engine.Intrinsics.TypeError, $"Cannot import '{resolved.Key}': a vat's code is one bundle");
}
