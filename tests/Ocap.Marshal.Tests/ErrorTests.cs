namespace Ocap.Marshal.Tests;

public class ErrorTests
{
    [Test]
    public async Task An_error_is_made_and_read_back_whatever_its_message_starts_with()
    {
        foreach (string message in new[] { "boom", "", "#x", "!x", "$0", "\"quoted\"\n", "\ud800" })
        {
            CapData made = SmallcapsError.Make("TypeError", message);
            await Assert.That(SmallcapsError.TryRead(made, out string? name, out string? text)).IsTrue();
            await Assert.That(name).IsEqualTo("TypeError");
            await Assert.That(text).IsEqualTo(message);
        }
        await Assert.That(SmallcapsError.Make("Error", "#x").Body).IsEqualTo("""#{"#error":"!#x","name":"Error"}""");
    }

    [Test]
    [Arguments("""#{"#error":"boom","errorId":"error:liveSlots:v2#70001","name":"Error"}""", true)]
    [Arguments("""#{"#error":"boom"}""", true)]
    [Arguments("""#{"\ud800aaaaaaaa":1,"#error":"boom","name":"Error","\udfff":2}""", true)]
    [Arguments("""#{"\ud800aaaaaaaa":1,"err":{"#error":"boom","name":"Error"}}""", false)]
    [Arguments("""#{"!#error":"boom"}""", false)]
    [Arguments("""#{"a":{"#error":"boom"}}""", false)]
    [Arguments("""#{"#error":5}""", false)]
    [Arguments("""#["#error"]""", false)]
    [Arguments("""#"#undefined" """, false)]
    [Arguments("""#{"#error":"boom" """, false)]
    [Arguments("", false)]
    public async Task Only_an_error_record_reads_as_an_error(string body, bool isError)
    {
        await Assert.That(SmallcapsError.TryRead(new CapData(body, []), out string? name, out string? message)).IsEqualTo(isError);
        await Assert.That(name).IsEqualTo(isError ? "Error" : null);
        await Assert.That(message).IsEqualTo(isError ? "boom" : null);
    }

    [Test]
    public async Task Kernel_errors_say_their_code_in_the_message()
    {
        await Assert.That(KernelError.Make(KernelErrorCode.ObjectDeleted, "Target deleted").Body)
            .IsEqualTo("""#{"#error":"[KERNEL:OBJECT_DELETED] Target deleted","name":"Error"}""");
        await Assert.That(KernelError.MakeFatal(KernelErrorCode.IllegalSyscall, "Bad syscall").Body)
            .IsEqualTo("""#{"#error":"[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] Bad syscall","name":"Error"}""");
    }

    [Test]
    [Arguments("[KERNEL:OBJECT_DELETED] Target deleted", "OBJECT_DELETED", false)]
    [Arguments("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] Bad syscall", "ILLEGAL_SYSCALL", true)]
    [Arguments("[KERNEL:VAT_FATAL] odd", "VAT_FATAL", false)]
    [Arguments("[KERNEL:VAT_FATAL:] odd", null, false)]
    [Arguments("[KERNEL:lower] x", null, false)]
    [Arguments("[KERNEL:OPEN", null, false)]
    [Arguments("[KERNEL:] x", null, false)]
    [Arguments(" [KERNEL:OBJECT_DELETED]", null, false)]
    [Arguments("boom", null, false)]
    public async Task A_kernel_error_is_recognized_by_its_message(string message, string? expected, bool isFatal)
    {
        await Assert.That(KernelError.TryRecognize(message, out string? code, out bool fatal)).IsEqualTo(expected is not null);
        await Assert.That(code).IsEqualTo(expected);
        await Assert.That(fatal).IsEqualTo(isFatal);
    }
}
