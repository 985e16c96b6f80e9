namespace Ocap.Vats.Tests.Liveslots;

public class OracleTests
{
    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_vat_does_under_ours_what_it_does_under_npm_liveslots(string name)
    {
        string actual = OracleCase.Run(name);

        // Kept beside the tests, to be compared with the golden file by hand.
        string kept = Path.Combine(AppContext.BaseDirectory, "oracle-actual");
        Directory.CreateDirectory(kept);
        await File.WriteAllTextAsync(Path.Combine(kept, name + ".txt"), actual);
        string golden = OracleCase.Golden(name);
        await Assert.That(actual).IsEqualTo(OracleCase.Accepted(name) ?? golden);
        await Assert.That(OracleCase.Accepted(name)).IsNotEqualTo(golden);
    }

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_golden_file_holds_what_npm_liveslots_does_today(string name)
    {
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(OracleCase.Fresh.Value, name + ".txt"))).IsEqualTo(OracleCase.Golden(name));
    }

    public static IEnumerable<string> Names() => OracleCase.Names();
}
