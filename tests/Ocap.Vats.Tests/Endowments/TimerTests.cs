using Ocap.Kernel.Outside;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>Timers, time and randomness of a vat.</summary>
public sealed class TimerTests
{
    [Test]
    [Arguments("0", 10L)]
    [Arguments("undefined", 10L)]
    [Arguments("-5", 10L)]
    [Arguments("NaN", 10L)]
    [Arguments("'25'", 25L)]
    [Arguments("25.2", 26L)]
    [Arguments("2 ** 31", 2147483648L)]
    public async Task No_timer_is_shorter_than_10_ms(string delay, long milliseconds)
    {
        OutsideRequest asked = EndowedVat.Run("setTimeout", vat =>
        {
            vat.Evaluate($"setTimeout(() => {{}}, {delay})");
            return vat.Asked().Single();
        });
        await Assert.That(asked).IsEqualTo(new StartTimer(1, milliseconds, false));
    }

    [Test]
    public async Task A_timeout_fires_once_with_its_arguments_and_an_interval_until_it_is_cleared()
    {
        string seen = EndowedVat.Run("setTimeout setInterval clearInterval", static vat =>
        {
            vat.Evaluate("var seen = []; setTimeout((...a) => seen.push('once', ...a), 10, 1, 2); var handle = setInterval(x => { seen.push(x); if (seen.length > 4) clearInterval(handle); }, 10, 'tick');");
            string set = string.Join(' ', vat.Asked().Select(request => request.GetType().Name + request.Id));
            vat.Happens(1, new TimerFired());
            vat.Happens(1, new TimerFired());
            vat.Happens(2, new TimerFired());
            vat.Happens(2, new TimerFired());
            vat.Happens(2, new TimerFired());
            vat.Happens(2, new TimerFired());
            return vat.Evaluate("seen.join()") + " " + set + " " + string.Join(' ', vat.Asked().Select(request => request.GetType().Name + request.Id));
        });
        await Assert.That(seen).IsEqualTo("once,1,2,tick,tick StartTimer1 StartTimer2 CancelRequest2");
    }

    [Test]
    public async Task A_timer_that_is_cleared_in_the_crank_that_set_it_never_leaves_the_vat()
    {
        string asked = EndowedVat.Run("setTimeout clearTimeout", static vat =>
        {
            vat.Evaluate("for (let i = 0; i < 20000; i++) clearTimeout(setTimeout(() => {}, 10)); var kept = setTimeout(() => {}, 10);");
            string first = string.Join(' ', vat.Asked());
            vat.Evaluate("clearTimeout(kept)");
            return first + " " + string.Join(' ', vat.Asked());
        });
        await Assert.That(asked).IsEqualTo("StartTimer { Id = 20001, Milliseconds = 10, Repeats = False } CancelRequest { Id = 20001 }");
    }

    [Test]
    public async Task Handles_are_empty_and_frozen_and_those_of_others_mean_nothing()
    {
        string seen = EndowedVat.Run("setTimeout clearTimeout setInterval clearInterval", static vat =>
        {
            vat.Evaluate("var one = setTimeout(() => {}, 10), two = setInterval(() => {}, 10);");
            int set = vat.Asked().Count;
            vat.Evaluate("clearTimeout(two); clearInterval(one); clearTimeout({}); clearTimeout(1); clearTimeout(); clearTimeout(one); clearTimeout(one);");
            return vat.Evaluate("[typeof one, Object.isFrozen(one), Reflect.ownKeys(one).length, Object.getPrototypeOf(one)].join()") + " " + set + " " + string.Join(' ', vat.Asked());
        });
        await Assert.That(seen).IsEqualTo("object,true,0, 2 CancelRequest { Id = 1 }");
    }

    [Test]
    [Arguments("setTimeout('x')", "The timeout handler must be a function. Received: string., -32603")]
    [Arguments("setTimeout(null)", "The timeout handler must be a function. Received: object., -32603")]
    [Arguments("setInterval()", "The interval handler must be a function. Received: undefined., -32000")]
    public async Task A_handler_must_be_a_function(string call, string message)
    {
        string seen = EndowedVat.Run("setTimeout setInterval", vat => vat.Evaluate($"(() => {{ try {{ {call}; return 'no'; }} catch (e) {{ return `${{e.message}}, ${{e.code}}`; }} }})()"));
        await Assert.That(seen).IsEqualTo(message);
    }

    [Test]
    public async Task A_handler_is_hardened_and_what_it_throws_is_logged()
    {
        (string frozen, string uncaught) = EndowedVat.Run("setTimeout", static vat =>
        {
            string frozen = vat.Evaluate("const f = () => { throw Error('late'); }; f.x = {}; setTimeout(f, 10); String(Object.isFrozen(f) && Object.isFrozen(f.x))");
            vat.Happens(1, new TimerFired());
            return (frozen, string.Join(' ', vat.Uncaught));
        });
        await Assert.That(frozen).IsEqualTo("true");
        await Assert.That(uncaught).IsEqualTo("Error: late");
    }

    [Test]
    public async Task Too_many_timers_are_refused_in_the_vat_itself()
    {
        string seen = EndowedVat.Run("setTimeout", static vat => vat.Evaluate("(() => { try { for (let i = 0; i < 20000; i += 1) setTimeout(() => {}, 10); return 'no'; } catch (e) { return e.name; } })()"));
        await Assert.That(seen).IsEqualTo("RangeError");
    }

    [Test]
    public async Task Date_tells_the_time_never_goes_back_and_is_otherwise_the_tamed_one()
    {
        double before = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        string seen = EndowedVat.Run("Date", static vat => vat.Evaluate("""
            (() => {
              const stamps = Array.from({ length: 200 }, () => Date.now());
              const d = new Date();
              class Sub extends Date {}
              let called = 'no';
              try { Date(); } catch (e) { called = e.name; }
              return JSON.stringify([stamps[0], stamps.every((t, i) => Number.isInteger(t) && (i === 0 || t >= stamps[i - 1])), d.getTime() >= stamps[199], d instanceof Date, new Date(0).toISOString(), Date.UTC(2020, 1), new Sub() instanceof Sub,
                called, Object.isFrozen(Date), Date.name, Date.length, Object.getOwnPropertyNames(Date).sort()]);
            })()
            """));
        double after = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        double first = double.Parse(seen[1..seen.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        await Assert.That(first).IsGreaterThanOrEqualTo(Math.Floor(before)).And.IsLessThanOrEqualTo(after + 1);
        await Assert.That(seen[seen.IndexOf(',', StringComparison.Ordinal)..]).IsEqualTo(""",true,true,true,"1970-01-01T00:00:00.000Z",1580515200000,true,"TypeError",true,"Date",7,["UTC","length","name","now","parse","prototype"]]""");
    }

    [Test]
    public async Task Math_random_works_and_Math_is_a_plain_hardened_object_with_the_rest()
    {
        string seen = EndowedVat.Run("Math", static vat => vat.Evaluate("""
            (() => {
              const r = Array.from({ length: 1000 }, () => Math.random());
              return JSON.stringify([r.every(x => x >= 0 && x < 1), new Set(r).size > 990, Math.max(...r) > 0.9, Math.min(...r) < 0.1, Object.isFrozen(Math), Math.floor(Math.PI), Object.keys(Math).includes('random'), Object.getPrototypeOf(Math) === Object.prototype]);
            })()
            """));
        await Assert.That(seen).IsEqualTo("[true,true,true,true,true,3,true,true]");
    }

    [Test]
    public async Task What_is_not_asked_for_is_absent_and_what_is_asked_for_is_hardened()
    {
        foreach (string name in EndowedVat.AllNames.Split(' ').Except(["Date", "Math"]))
        {
            await Assert.That(EndowedVat.Run("", vat => vat.Evaluate($"String('{name}' in globalThis)"))).IsEqualTo("false");
        }

        string loose = EndowedVat.Run(EndowedVat.AllNames, static vat => vat.Evaluate($"'{EndowedVat.AllNames}'.split(' ').filter(n => !(Object.isFrozen(globalThis[n]) && (globalThis[n].prototype === undefined || Object.isFrozen(globalThis[n].prototype)))).join()"));
        await Assert.That(loose).IsEqualTo("");
    }
}
