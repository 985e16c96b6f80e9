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
    [Arguments("console.subLogger({ tags: ['test', 'x'] }).log('a', 1)", "log: a 1")]
    [Arguments("console.subLogger('tag').error('a')", "error: a")]
    [Arguments("console.subLogger().subLogger('x').debug('a')", "debug: a")]
    [Arguments("(() => { const { log } = console.subLogger({ tags: ['test'] }); log('free'); })()", "log: free")]
    public async Task A_sub_logger_writes_to_the_same_log(string code, string line)
    {
        var lines = new List<string>();
        VatBench.Value(code, console: lines);
        await Assert.That(lines).IsEquivalentTo((string[])[line]);
    }

    [Test]
    public async Task A_transport_of_the_vats_own_is_told_everything()
    {
        var lines = new List<string>();
        VatBench.Value("""
            (() => {
              const seen = [];
              const logger = console.subLogger({ tags: ['a', 'b'], transports: [entry => seen.push(entry)] });
              logger.subLogger({ tags: ['b', 'c'] }).warn('m', 1, 2);
              console.log(JSON.stringify(seen), seen.every(Object.isFrozen));
            })()
            """, console: lines);
        await Assert.That(lines[^1]).IsEqualTo("""log: [{"level":"warn","tags":["a","b","c"],"message":"m","data":[1,2]}] true""");
    }

    [Test]
    [Arguments("console.subLogger(null)")]
    [Arguments("console.subLogger(7)")]
    [Arguments("console.subLogger.call({}, 'x')")]
    [Arguments("console.injectStream({})")]
    public async Task What_no_logger_can_do_is_a_TypeError(string code) =>
        await Assert.That(VatBench.Value($"(() => {{ try {{ {code}; return 'done'; }} catch (e) {{ return e.name; }} }})()")).IsEqualTo("TypeError");

    [Test]
    public async Task The_console_itself_has_its_five_methods_and_is_frozen() =>
        await Assert.That(VatBench.Value("Object.keys(console).join() + Object.isFrozen(console) + Object.isFrozen(Object.getPrototypeOf(console)) + Object.isFrozen(console.subLogger)")).IsEqualTo("debug,info,log,warn,errortruetruetrue");

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
