namespace Ocap.Vats.Tests.Endowments;

/// <summary>Endowments are the vat's own: its compartments have what the names stood for before.</summary>
public sealed class CompartmentTests
{
    private const string Told = """
        new Compartment().evaluate(`(names => {
          const told = f => { try { return String(f()); } catch (e) { return e.message; } };
          return [...names.map(name => typeof globalThis[name]), told(() => Date.now()), told(() => new Date()), told(() => Math.random()), new Date(0).getTime(), Math.max(1, 2), Object.getOwnPropertyNames(globalThis)].join();
        })`)
        """;

    [Test]
    public async Task A_compartment_has_the_shared_Date_and_Math_whatever_the_vat_was_given()
    {
        string names = string.Join(',', EndowedVat.AllNames.Split(' ').Select(static name => $"'{name}'"));
        string without = EndowedVat.Run("", vat => vat.Evaluate($"{Told}([{names}])"));
        string with = EndowedVat.Run(EndowedVat.AllNames, vat => vat.Evaluate($"{Told}([{names}])"));
        await Assert.That(without).Contains("%SharedDate%.now() throws").And.Contains("%SharedMath%.random() throws");
        await Assert.That(with).IsEqualTo(without);
    }

    [Test]
    public async Task Dates_are_of_one_kind_in_the_vat_and_in_its_compartments() =>
        await Assert.That(EndowedVat.Run("Date Math", static vat => vat.Evaluate("const inner = new Compartment(); [inner.evaluate('new Date(5)') instanceof Date, inner.globalThis.Date !== Date, inner.globalThis.Math !== Math, Object.keys(inner.globalThis), typeof Date.now()].join()")))
            .IsEqualTo("true,true,true,,number");
}
