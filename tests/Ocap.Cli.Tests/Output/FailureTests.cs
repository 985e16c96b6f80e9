using Ocap.Cli.Output;

namespace Ocap.Cli.Tests;

internal sealed class FailureTests
{
    private const string Trace = "System.ArgumentException: The path is empty. (Parameter 'path')\n   at A.B()\n   at C.D()";

    [Test]
    public async Task An_exception_is_its_message_and_no_trace() =>
        await Assert.That(Failure.InWords(Trace, withTrace: false)).IsEqualTo("Error: The path is empty. (Parameter 'path') (Set OCAP_TRACE=1 to see where this came from.)");

    [Test]
    public async Task Of_an_exception_with_a_cause_only_its_own_message_is_shown()
    {
        const string Text = "System.UnauthorizedAccessException: Access to '/x' is denied.\n ---> System.IO.IOException: Permission denied\n   --- End of inner exception stack trace ---\n   at A.B()";
        await Assert.That(Failure.InWords(Text, withTrace: false)).IsEqualTo("Error: Access to '/x' is denied. (Set OCAP_TRACE=1 to see where this came from.)");
    }

    [Test]
    public async Task Whoever_asks_gets_the_trace() => await Assert.That(Failure.InWords(Trace, withTrace: true)).IsEqualTo(Trace);

    [Test]
    public async Task A_sentence_stays_as_it_is() => await Assert.That(Failure.InWords("Argument 'x' is not recognized.", withTrace: false)).IsEqualTo("Argument 'x' is not recognized.");
}
