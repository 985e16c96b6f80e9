using Ocap.Vats;

namespace Ocap.Daemon.Tests.Hosts;

/// <summary>A slip in an option that protects is not taken for an option that is nobody's business.</summary>
public sealed class VatOptionsTests
{
    [Test]
    [Arguments("\"own\"", "creationOptions must be an object")]
    [Arguments("[{}]", "creationOptions must be an object")]
    [Arguments("true", "creationOptions must be an object")]
    [Arguments("""{"Isolation":"own"}""", "creationOptions has no \"Isolation\"; do you mean isolation?")]
    [Arguments("""{"isolatoin":"own","isolaton":"own"}""", "creationOptions has no \"isolaton\"; do you mean isolation?")]
    [Arguments("""{"isolationn":"own"}""", "creationOptions has no \"isolationn\"; do you mean isolation?")]
    [Arguments("""{"limit":{"cpuMs":300}}""", "creationOptions has no \"limit\"; do you mean limits?")]
    [Arguments("""{"LIMITZ":{"cpuMs":300}}""", "creationOptions has no \"LIMITZ\"; do you mean limits?")]
    public async Task What_is_nearly_an_option_is_refused(string options, string complaint)
    {
        VatOptions read = VatOptions.Read($"{{\"creationOptions\":{options}}}");
        await Assert.That(read.Complaint).IsEqualTo(complaint);
    }

    [Test]
    [Arguments("null")]
    [Arguments("false")]
    [Arguments("0")]
    [Arguments("\"\"")]
    [Arguments("{}")]
    [Arguments("""{"managerType":"xs-worker","limitless":1,"":2,"isolation":"own"}""")]
    public async Task What_counts_as_absent_or_is_meant_for_others_is_not(string options)
    {
        await Assert.That(VatOptions.Read($"{{\"creationOptions\":{options}}}").Complaint).IsNull();
    }
}
