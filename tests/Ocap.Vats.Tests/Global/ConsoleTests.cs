namespace Ocap.Vats.Tests.Global;

public sealed class ConsoleTests
{
    [Test]
    [Arguments("console.log('a', 1, undefined, null, { b: [1] }, 2n)", "log: a 1 undefined null {\"b\":[1]} 2")]
    [Arguments("console.debug('d')", "debug: d")]
    [Arguments("console.info('i')", "info: i")]
    [Arguments("console.warn('w')", "warn: w")]
    [Arguments("console.error(TypeError('bad'))", "error: TypeError: bad")]
    [Arguments("console.log(Error('outer', { cause: RangeError('inner') }))", "caused by: RangeError: inner")]
    [Arguments("(() => { try { assert.Fail`got ${'secret'}`; } catch (e) { console.log(e); } })()", "Error: got \"secret\"")]
    [Arguments("(() => { const e = Error('x'); assert.note(e, assert.details`while ${1}`); console.log(e); })()", "in full: while 1")]
    [Arguments("(() => { const e = Error('x'); Object.defineProperty(e, 'message', { get() { throw 1; } }); console.log(e); })()", "[An error that failed to print]")]
    public async Task A_console_line_says(string code, string contains)
    {
        var lines = new List<string>();
        VatBench.Value(code, console: lines);
        await Assert.That(lines.Single()).Contains(contains);
    }

    [Test]
    public async Task A_logged_error_shows_where_it_was_made()
    {
        var lines = new List<string>();
        VatBench.Value("(function maker() { console.log(Error('here')); })()", console: lines);
        await Assert.That(lines.Single()).Contains("at maker");
    }

    [Test]
    public async Task A_huge_line_is_cut()
    {
        var lines = new List<string>();
        VatBench.Value("console.log('x'.repeat(10000000))", console: lines);
        await Assert.That(lines.Single().Length).IsLessThan(70_000);
    }
}
