using System.Text.Json;
using System.Text.RegularExpressions;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Bundler.Tests.Npm;

public partial class NpmVatTests
{
    public static IEnumerable<Func<string>> Names() => NpmVats.Names.Select(name => (Func<string>)(() => name));

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_vat_of_npm_packages_answers_here_as_under_ses(string name)
    {
        byte[] bundle = NpmVats.Build(name).Bytes;
        Dictionary<string, string> expected = await UnderSes(bundle);
        await Assert.That(expected.Count).IsGreaterThan(3);
        await using var vat = new DrivenVat(bundle, VatLimits.Default);
        CrankReport start = await vat.Start();
        await Assert.That(start.Fault).IsNull();
        foreach (var (method, answer) in expected)
        {
            CrankReport report = await vat.Send(method, "[]");
            await Assert.That(report.Fault).IsNull().Because(method);
            await Assert.That(Answer(report)).IsEqualTo(answer).Because(method);
        }
    }

    [Test]
    public Task A_vat_of_CommonJS_that_requires_ES_modules_answers_here_as_under_ses() => A_vat_of_npm_packages_answers_here_as_under_ses(NpmVats.Mixed);

    private static async Task<Dictionary<string, string>> UnderSes(byte[] bundle)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("ocap-npm-");
        try
        {
            string path = Path.Combine(directory.FullName, "vat.bundle");
            await File.WriteAllBytesAsync(path, bundle);
            string printed = await NpmVats.NodeAsync("run.mjs", path);
            return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(printed)![path];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Answer(CrankReport report)
    {
        var settled = report.Syscalls.OfType<SyscallResolve>().Single().Settlements[0];
        return (settled.Rejected ? "!" : "") + ErrorId.Replace(settled.Value.Body, "");
    }

    // Only vats number their errors.
    [GeneratedRegex("\"errorId\":\"[^\"]*\",", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ErrorId { get; }
}
