using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

/// <summary>
/// The errors that the language itself throws, hundreds of them: name and message compared, word for word, with those of V8 under the real <c>ses</c> in Node.
/// </summary>
public sealed class ErrorWordsTests
{
    [Test]
    [Arguments("errors-language", 550)]
    [Arguments("errors-builtins", 500)]
    public Task The_engines_own_errors_say_what_V8_says_and_each_difference_has_its_reason(string table, int least) => ComparedTable.Compare(table, least);
}
