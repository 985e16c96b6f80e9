using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Global;

/// <summary><c>Compartment</c>, <c>assert</c>, <c>harden</c>, the evaluators, assignments in heirs of intrinsics and <c>HandledPromise</c>, compared with the real <c>ses</c> in Node.</summary>
public sealed class SesInterfaceTests
{
    [Test]
    public Task What_SES_adds_to_the_language_does_here_what_it_does_there() => ComparedTable.Compare("ses-interfaces", 300);
}
