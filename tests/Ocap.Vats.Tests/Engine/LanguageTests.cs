using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

/// <summary>What expressions give, hundreds of them, all the way down: compared with what they give in a compartment of the real <c>ses</c> in Node.</summary>
public sealed class LanguageTests
{
    [Test]
    [Arguments("language-syntax", 360)]
    [Arguments("language-builtins", 400)]
    [Arguments("language-async", 120)]
    [Arguments("language-suspension", 1000)]
    [Arguments("language-arrays", 900)]
    [Arguments("language-sorting", 3500)]
    public Task The_language_does_in_a_vat_what_it_does_in_Node(string table, int least) => ComparedTable.Compare(table, least);
}
