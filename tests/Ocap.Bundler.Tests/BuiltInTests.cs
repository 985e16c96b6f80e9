namespace Ocap.Bundler.Tests;

public class BuiltInTests
{
    // The least that the built-in E and promise kit need: it shows what it was asked to do.
    private const string HandledPromise = """
        class HandledPromise extends Promise {
          static applyMethod(target, method, args) { return Promise.resolve(target).then((t) => t[method](...args)); }
          static applyFunction(target, args) { return Promise.resolve(target).then((t) => t(...args)); }
          static get(target, key) { return Promise.resolve(target).then((t) => t[key]); }
          static applyMethodSendOnly(target, method, args) { console.log('sendOnly', method, args); }
          static applyFunctionSendOnly(target, args) { console.log('sendOnly', args); }
        }
        globalThis.HandledPromise = HandledPromise;
        globalThis.harden = (value) => {
          if (Object(value) === value && !Object.isFrozen(value)) {
            Object.freeze(value);
            if (value !== Object.prototype) { for (const key of Reflect.ownKeys(value)) { harden(Object.getOwnPropertyDescriptor(value, key).value); } }
          }
          return value;
        };
        globalThis.attempt = (f) => { try { console.log(f()); } catch (e) { console.log(e.name + ': ' + e.message); } };
        """;

    private static async Task<string> Run(string source)
    {
        using var tree = new SourceTree("--- main.js\n" + source);
        return (await BundleRunner.RunAsync(tree, tree.Build(), HandledPromise)).ReplaceLineEndings("\n").TrimEnd();
    }

    [Test]
    public async Task E_sends_through_HandledPromise_and_cannot_be_changed() =>
        await Assert.That(await Run("""
            import { E } from '@endo/eventual-send';
            const target = { add: (a, b) => a + b, prop: 7, name: () => 'n', length: () => 'l' };
            console.log(await0(E(target).add(1, 2)), 'anything' in E(target), Reflect.set(E(target), 'x', 1), Object.isFrozen(E));
            function await0(p) { return p instanceof Promise; }
            (async () => {
              console.log(await E(target).add(1, 2), await E((x) => x * 2)(21), await E.get(target).prop, await E.resolve(5), await E.when(1, (x) => x + 1));
              const { add } = E(target);
              await add(1, 2).catch((e) => console.log(e.message));
              await E.when(Promise.reject('no'), undefined, (r) => console.log(r));
              console.log(E.sendOnly(target).add(1), E.sendOnly(target)(2));
              try { const { add } = E.sendOnly(target); add(1); } catch (e) { console.log(e.message); }
              console.log(E(target).add.name, await E(target).name(), await E(target).length());
            })();
            """)).IsEqualTo(
            """
            true true false true
            3 42 7 5 2
            Unexpected receiver for "add" method of E(…)
            no
            sendOnly add [ 1 ]
            sendOnly [ 2 ]
            undefined undefined
            Unexpected receiver for "add" method of E.sendOnly(…)
            add n l
            """);

    // The shapes were printed by the real packages.
    [Test]
    public async Task Far_makes_the_remotable_that_the_real_Far_makes() =>
        await Assert.That(await Run("""
            import { Far, getInterfaceOf, passStyleOf, E } from '@endo/far';
            const show = (o) => {
              for (; o && o !== Object.prototype && o !== Function.prototype; o = Object.getPrototypeOf(o)) {
                console.log(Reflect.ownKeys(o).map((k) => {
                  const d = Object.getOwnPropertyDescriptor(o, k);
                  return String(k) + ':' + (d.enumerable ? 'e' : '') + (typeof d.value === 'function' ? 'fn(' + d.value.name + ',' + d.value.length + ')' : String(d.value));
                }).join(' | '), Object.isFrozen(o));
              }
            };
            const x = Far('X', { m() {}, b() {} });
            show(x);
            console.log(x.__getMethodNames__(), getInterfaceOf(x), String(x), passStyleOf(x), typeof E);
            show(Far('F', () => 1));
            console.log(getInterfaceOf({}), getInterfaceOf(5), passStyleOf(Object.freeze([])), passStyleOf('s'), passStyleOf(null), passStyleOf(undefined), passStyleOf(1n));
            for (const bad of [() => Far('x', Object.freeze({ a() {} })), () => Far('x', { a: 1 }), () => Far('x', 5), () => Far('x', x), () => Far('x', []), () => passStyleOf({}), () => passStyleOf(Object.freeze(() => 1)), () => passStyleOf(Object.freeze(new Map()))]) {
              attempt(bad);
            }
            """)).IsEqualTo(
            """
            m:efn(m,0) | b:efn(b,0) | __getMethodNames__:fn(__getMethodNames__,0) true
            Symbol(passStyle):remotable | Symbol(Symbol.toStringTag):Alleged: X true
            [ '__getMethodNames__', 'b', 'm' ] Alleged: X [object Alleged: X] remotable function
            length:0 | name: true
            Symbol(passStyle):remotable | Symbol(Symbol.toStringTag):Alleged: F true
            undefined undefined copyArray string null undefined bigint
            TypeError: Far must be given its object before it is frozen: x
            TypeError: A remotable can only have methods; a is none
            TypeError: Far needs an object with methods or a function, not 5
            TypeError: This object is already a remotable: Alleged: X
            TypeError: cannot serialize arrays as Remotable
            TypeError: Cannot pass non-frozen objects like [object Object]. Use harden()
            TypeError: Remotables must be explicitly declared: "[Function <anon>]"
            TypeError: Only plain records, arrays and remotables can be passed, not [object Map]
            """);

    [Test]
    public async Task makeDefaultExo_makes_the_exo_that_the_real_one_makes() =>
        await Assert.That(await Run("""
            import { makeDefaultExo } from '@metamask/kernel-utils/exo';
            const exo = makeDefaultExo('Counter', { b(x) { return [x, this === exo]; }, a: () => 1 });
            for (let o = exo; o !== Object.prototype; o = Object.getPrototypeOf(o)) {
              console.log(Reflect.ownKeys(o).map((k) => { const d = Object.getOwnPropertyDescriptor(o, k); return String(k) + ':' + d.enumerable + (typeof d.value === 'function' ? '' : '=' + d.value); }).join(' | '), Object.isFrozen(o));
            }
            console.log(exo.__getMethodNames__(), exo.b(1), exo.a(), String(exo));
            const guard = exo.__getInterfaceGuard__();
            console.log(String(guard), JSON.stringify(guard), guard[Symbol.for('passStyle')], Object.isFrozen(guard));
            attempt(() => { const { b } = exo; return b(1); });
            attempt(() => exo.b(() => 1));
            attempt(() => makeDefaultExo('X', { a: 1 }));
            const giver = makeDefaultExo('Giver', { record: () => ({ a: {} }), fn: () => () => 1, later: async () => ({}) });
            console.log(Object.isFrozen(giver.record()), Object.isFrozen(giver.record().a), giver.later() instanceof Promise);
            attempt(() => giver.fn());
            """)).IsEqualTo(
            """
            b:true | a:true | __getInterfaceGuard__:false | __getMethodNames__:false true
            Symbol(passStyle):false=remotable | Symbol(Symbol.toStringTag):false=Alleged: Counter true
            [ '__getInterfaceGuard__', '__getMethodNames__', 'a', 'b' ] [ 1, true ] 1 [object Alleged: Counter]
            [object guard:interfaceGuard] {"payload":{"interfaceName":"Counter","methodGuards":{},"defaultGuards":"passable"}} tagged true
            TypeError: "In \"b\" method of (Counter)" may only be applied to a valid instance
            TypeError: In "b" method of (Counter): Remotables must be explicitly declared: "[Function <anon>]"
            TypeError: An exo can only have methods; a of X is none
            true true true
            TypeError: In "fn" method of (Giver): result: Remotables must be explicitly declared: "[Function <anon>]"
            """);

    [Test]
    public async Task A_promise_kit_settles_once() =>
        await Assert.That(await Run("""
            import { makePromiseKit, isPromise, racePromises } from '@endo/promise-kit';
            const kit = makePromiseKit();
            console.log(Object.keys(kit), kit.promise instanceof HandledPromise, Object.isFrozen(kit), isPromise(Promise.resolve()), isPromise({ then() {} }), isPromise(1));
            kit.resolve('first'); kit.resolve('second'); kit.reject('third');
            kit.promise.then((v) => console.log(v));
            const no = makePromiseKit();
            no.reject('no');
            no.promise.catch((r) => console.log(r));
            racePromises([new Promise(() => {}), Promise.resolve('won'), Promise.resolve('lost')]).then((v) => console.log(v));
            """)).IsEqualTo(
            """
            [ 'promise', 'resolve', 'reject' ] true true true false false
            first
            no
            won
            """);
}
