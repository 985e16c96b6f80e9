using Ocap.Kernel.Outside;
using Ocap.Marshal;

namespace Ocap.Kernel.Vats;

/// <summary>What a vat is given in one crank (spec/vat-runtime.md §2). References are vrefs.</summary>
public abstract record VatDelivery;

/// <summary>First delivery of an empty heap: load the bundle, make the root object.</summary>
/// <param name="VatConfig">The stored vat configuration, JSON text.</param>
/// <param name="Parameters">Second argument of <c>buildRootObject</c>, smallcaps without slots.</param>
/// <param name="BundleHash">SHA-256 (lower-case hex) of the kept bundle to use, or null to fetch the configured one afresh.</param>
public sealed record StartVat(string VatConfig, CapData Parameters, string? BundleHash) : VatDelivery;

/// <summary>A message to one of the vat's objects. <paramref name="Methargs"/> decodes to <c>[method, args]</c>.</summary>
public sealed record DeliverMessage(string Target, CapData Methargs, string? Result) : VatDelivery;

/// <summary>One batch of settled promises.</summary>
public sealed record DeliverNotify(IReadOnlyList<PromiseSettlement> Settlements) : VatDelivery;

/// <summary>Exports that nobody can reach any more.</summary>
public sealed record DeliverDropExports(IReadOnlyList<string> VRefs) : VatDelivery;

/// <summary>Exports that nobody can recognize any more.</summary>
public sealed record DeliverRetireExports(IReadOnlyList<string> VRefs) : VatDelivery;

/// <summary>Imports whose object is gone.</summary>
public sealed record DeliverRetireImports(IReadOnlyList<string> VRefs) : VatDelivery;

/// <summary>Collect garbage and report drops and retirements.</summary>
public sealed record DeliverBringOutYourDead : VatDelivery;

/// <summary>Something came of what the vat asked of the outside world under this id.</summary>
public sealed record DeliverOutside(long Id, OutsideEvent Event) : VatDelivery;

/// <summary>A promise and what became of it.</summary>
public sealed record PromiseSettlement(string Promise, bool Rejected, CapData Value);
