// Random sequences of deliveries to a random vat, and what npm liveslots does with them: one JSON line for each, {seed, source, steps, trace}.
// usage: node random.mjs <out file> <first seed> <how many>      (a sequence depends on its seed alone)
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePrelude, openVat, wrap } from './vat.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [, , out, first, count] = process.argv;
const vatSource = readFileSync(join(here, 'random-vat.js'), 'utf8');
const prelude = await bundlePrelude();

// A small generator of good quality whose whole state is one number (splitmix32).
const makeRandom = seed => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = n => Math.floor(next() * n);
  return { chance: p => next() < p, below, pick: list => list[below(list.length)] };
};

// What is sent to a promise that is resolved to itself goes round for ever in npm liveslots; ours rejects it (SelfResolutionTests).
const notItself = ([kind, i, value]) => [kind, i, value?.r === i ? 1 : value];

async function sequence(seed) {
  const { chance, below, pick } = makeRandom(seed * 7919 + 13);
  const source = `const CONFIG = ${JSON.stringify({ shaped: chance(0.5), strictX: chance(0.3), guarded: chance(0.4), finished: chance(0.3) })};\n${vatSource}`;
  const deliver = openVat(wrap(prelude, source));
  const steps = [];
  const trace = [];

  // What a kernel would know of this vat.
  const imports = new Map(); // o-N: reachable | recognizable
  const exports = new Map(); // o+N…: reachable | recognizable
  const awaited = new Set(); // promises the kernel decides
  let lastImport = 4;
  let lastPromise = 4;
  let lastResult = 59;

  const note = line => {
    const [kind] = line.split(' ');
    const slots = /\[([^\]]*)\]( p\+\d+)?$/.exec(line)?.[1].split(' ') ?? [];
    if (kind === 'send') awaited.add(line.split(' ').at(-1));
    if (kind === 'dropImports') for (const v of line.split(' ').slice(1)) imports.set(v, 'recognizable');
    if (kind === 'retireImports') for (const v of line.split(' ').slice(1)) imports.delete(v);
    if (kind === 'retireExports') for (const v of line.split(' ').slice(1)) exports.delete(v);
    if (['send', 'resolve', ''].includes(kind)) for (const v of slots) if (/^o\+[1-9dv]/.test(v)) exports.set(v, 'reachable');
  };
  const step = async each => {
    steps.push(each);
    const lines = await deliver(each);
    trace.push(...lines);
    lines.slice(1).forEach(note);
  };

  const register = () => ({ r: below(8) });
  const common = [0, 1, 2, 7, -1.5, 'a', 'b', 'cc', '', null, true, '+5', '-3', '#undefined', '#NaN', '%sym'];
  const odd = [false, { negative: 0 }, '#Infinity', '#-Infinity', 1e21, 1e-7, 9007199254740992, 5e-324, '+0', '-1', '+9', '+10', '-9', '-10', '+123456789012345678901', '-123456789012345678901', '%@@iterator', '%other', '!!bang', '!#hash', ' ', 'é', '\u{1f600}', 'ÿ', 'a|b', '|a', '~', 'A', 'k'.repeat(100), 'unfinished', 'told', 'k'.repeat(230)];
  const scalar = () => pick(chance(0.7) ? common : odd);
  const value = depth => (depth > 0 && chance(0.3) ? compound(depth - 1) : chance(0.45) ? register() : scalar());
  const several = depth => Array.from({ length: below(4) }, () => value(depth));
  const compound = depth => pick([
    () => several(depth),
    () => several(depth),
    () => ({ p: value(depth), q: value(depth) }),
    () => ({ p: value(depth), q: value(depth) }),
    () => ({ tag: pick(['t', 'copySet', 'match:any']), payload: value(depth) }),
    () => ({ error: 'kept' }),
    () => ({ members: several(0) }),
    () => ({ entries: several(0).map(k => [k, value(0)]) }),
  ])();
  const key = () => (chance(0.4) ? register() : scalar());
  const pattern = () => below(11) - 1;
  // What each register holds, as far as it is known: commands mostly fit.
  const held = Array.from({ length: 8 }, () => 'nothing');
  const holding = (...kinds) => {
    const fitting = [...held.keys()].filter(i => kinds.includes(held[i]));
    return fitting.length > 0 && chance(0.9) ? pick(fitting) : below(8);
  };
  const set = (i, kind, command) => {
    held[i] = kind;
    return command;
  };
  const methods = { map: ['init', 'init', 'init', 'set', 'get', 'has', 'delete'], weakMap: ['init', 'init', 'set', 'get', 'has', 'delete'], set: ['add', 'add', 'has', 'delete'], weakSet: ['add', 'add', 'has', 'delete'] };
  const storeNames = ['map', 'weakMap', 'set', 'weakSet'];
  const free = () => (chance(0.7) ? holding('nothing', 'data') : below(8));
  const op = () => pick([
    () => { const i = free(); return set(i, 'data', ['put', i, value(2)]); },
    () => { const i = free(); return set(i, 'far', ['far', i, below(5)]); },
    () => { const i = below(8); return set(i, 'nothing', ['drop', i]); },
    () => { const i = free(); const kind = below(4); if (kind % 2) held[(i + 1) % 8] = 'instance'; return set(i, 'instance', ['instance', i, kind, value(1), value(1)]); },
    () => { const i = free(); const kind = below(4); if (kind % 2) held[(i + 1) % 8] = 'instance'; return set(i, 'instance', ['instance', i, kind, value(1), value(1)]); },
    () => ['call', holding('instance'), pick(['get', 'x', 'setX', 'setY', 'both', 'self']), value(1)],
    () => ['call', holding('instance'), pick(['get', 'x', 'setX', 'setY', 'both', 'self', 'peer', 'fail']), value(1)],
    () => ['call', holding('instance'), pick(['setX', 'setY', 'both']), register()],
    () => { const i = free(); const kind = below(4); return set(i, storeNames[kind], ['store', i, kind, chance(0.5), chance(0.7) ? -1 : below(10), chance(0.8) ? -1 : below(10)]); },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), key(), value(1)]; },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), key(), value(1)]; },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), register(), register()]; },
    () => ['list', holding('map', 'set'), pick(['keys', 'values', 'entries']), pattern(), pattern()],
    () => { const i = holding('map', 'set'); return pick([['size', i, pattern()], ['snapshot', i, pattern()], ['clear', i, pattern()], ['prune', i, 1 + below(3)]]); },
    () => { const i = holding(...storeNames); return pick([['all', i, chance(0.5) ? [[key(), value(1)], [key(), value(1)]] : [key(), key()]], ['walk', holding('map', 'set'), pick(['keys', 'values', 'entries']), below(3), pick(['init', 'set', 'delete', 'clear', 'add', 'has']), key(), value(0)]]); },
    () => ['keep', pick(['u', 'v', 'w']), value(1)],
    () => { const i = free(); return set(i, 'data', ['recall', i, pick(['u', 'v', 'w'])]); },
    () => ['forget', pick(['u', 'v', 'w'])],
    () => { const i = holding('instance', 'presence', 'far', ...storeNames); return pick([['weakSet', i, value(1)], ['weakSet', i, register()], ['weakGet', i], ['weakDelete', i], ['weakNew']]); },
    () => { const i = holding('instance', 'presence', 'far', ...storeNames); return pick([['memberAdd', i], ['memberAdd', i], ['memberHas', i], ['memberDelete', i], ['memberNew']]); },
    () => { const j = free(); const i = holding('presence', 'promise', 'kit'); return set(j, 'promise', pick([['chain', i, j, value(1)], ['property', i, j], ['apply', holding('presence', 'far'), j, value(1)]])); },
    () => pick([['when', holding('promise', 'kit'), free()], ['watchBy', holding('promise', 'kit'), holding('instance'), value(1)], ['watchBy', holding('promise', 'kit', 'presence'), holding('instance', 'far'), value(1)]]),
    () => pick([['same', below(8), below(8)], ['style', below(8)], ['kept'], ['exit', value(1), chance(0.5)]]),
    () => { const i = free(); return set(i, 'instance', ['define', i, below(3)]); },
    () => { const j = free(); return set(j, 'promise', ['send', holding('presence', 'promise'), j, value(1)]); },
    () => { const i = free(); return set(i, 'kit', ['promise', i]); },
    () => { const i = holding('kit'); return pick([notItself(['resolve', i, value(1)]), ['reject', i, value(1)]]); },
    () => pick([['watch', holding('promise', 'kit'), value(1)], ['durable', below(8)], ['noted']]),
  ])();

  const send = async (target, method, args, slots = []) => {
    // The answer may be to a promise that the vat waits for, or sent for itself; or to none.
    const known = [...awaited];
    if (known.length > 0 && chance(0.06)) {
      const result = pick(known);
      awaited.delete(result);
      await step(['send', target, method, args, slots, result]);
      return;
    }
    if (chance(0.03)) {
      await step(['send', target, method, args, slots, null]);
      return;
    }
    lastResult += 1;
    await step(['send', target, method, args, slots, `p-${lastResult}`]);
  };
  const take = (kind, slot) => { const i = free(); return set(i, kind, ['take', i, slot]); };
  const bring = async () => {
    const v = chance(0.7) || imports.size === 0 ? `o-${(lastImport += 1)}` : pick([...imports.keys()]);
    if (chance(0.25)) {
      lastPromise += 1;
      awaited.add(`p-${lastPromise}`);
      await send('o+0', 'run', [[take('promise', '&0')]], [`p-${lastPromise}`]);
      return;
    }
    imports.set(v, 'reachable');
    await send('o+0', 'run', [[take('presence', `$0.Alleged: presence ${v}`), op()]], [v]);
  };
  // A value that names things by slot: new and known imports, exports, promises.
  const told = ({ promises = true } = {}) => {
    const slots = [];
    const one = () => {
      if (slots.length > 2 || chance(0.4)) return pick(common);
      const reachable = [...exports].filter(([, s]) => s === 'reachable').map(([v]) => v);
      const vref = pick([
        () => `o-${(lastImport += 1)}`,
        () => pick([...imports.keys(), 'o-5']),
        () => (reachable.length > 0 ? pick(reachable) : 'o+0'),
        () => (promises ? pick([...awaited, `p-${(lastPromise += 1)}`]) : 'o-5'),
      ])();
      if (vref.startsWith('o-')) imports.set(vref, 'reachable');
      if (vref.startsWith('p')) awaited.add(vref);
      const index = slots.includes(vref) ? slots.indexOf(vref) : slots.push(vref) - 1;
      return vref.startsWith('p') ? `&${index}` : `$${index}.Alleged: thing`;
    };
    return [chance(0.4) ? one() : chance(0.5) ? [one(), one()] : { p: one(), q: [one()] }, slots];
  };
  const boyd = async () => {
    await send('o+0', 'run', [[['scrub']]]);
    for (const method of ['answer', 'fail', 'later']) await send('o+0', method, [0]);
    await step(['bringOutYourDead']);
  };

  // Short stories that chance alone seldom tells, with whatever else in between.
  const someops = most => Array.from({ length: below(most) }, op);
  const run = (commands, slots) => send('o+0', 'run', [commands], slots);
  const scenes = [
    // Something is recognized, by a weak collection of each kind, and no longer held.
    async () => {
      const [i, j, k] = [free(), below(8), below(8)];
      const isImport = chance(0.5);
      const v = `o-${(lastImport += 1)}`;
      const kind = pick([1, 3]);
      if (isImport) imports.set(v, 'reachable');
      await run([
        isImport ? ['take', i, `$0.Alleged: weak ${v}`] : ['instance', i, below(4), value(0), value(0)],
        ...pick([[['weakSet', i, value(1)]], [['memberAdd', i]], [['store', j, kind, chance(0.5), -1, -1], ['entry', j, kind === 1 ? 'init' : 'add', { r: i }, { r: k }]], [['store', j, kind, chance(0.5), -1, -1], ['entry', j, kind === 1 ? 'init' : 'add', { r: i }, { r: i }], ['keep', 'u', { r: j }], ['weakSet', i, { r: j }]]]),
        ...someops(2),
      ], isImport ? [v] : []);
      if (chance(0.5)) await send('o+0', 'answer', [i]);
      await run([['drop', i], ...someops(3)]);
      await boyd();
      if (chance(0.5)) await run([pick([['drop', j], ['weakNew'], ['memberNew'], ['forget', 'u']]), ...someops(2)]);
      if (chance(0.5)) await boyd();
    },
    // A thing is held in one, two or three ways, and they end one after the other.
    async () => {
      const [i, j, k] = [free(), free(), free()];
      const ways = [
        [['keep', 'v', [{ r: i }, { r: i }]], ['forget', 'v']],
        [['instance', j, below(4), { r: i }, [{ r: i }]], pick([['call', j, 'setX', 0], ['drop', j]])],
        [['store', k, 0, chance(0.5), -1, -1], pick([['clear', k, -1], ['drop', k]])],
        [['define', k, below(3)], ['drop', k]],
      ].filter(() => chance(0.6));
      const made = chance(0.6) ? ['instance', i, below(4), value(1), value(1)] : ['store', i, below(4), chance(0.5), -1, -1];
      await run([made, ...ways.map(([begin]) => begin), ['entry', k, 'init', { r: i }, { r: i }], ['entry', k, 'init', 'k', [{ r: i }]], ...someops(2)]);
      if (chance(0.6)) await send('o+0', 'answer', [i]);
      await run([['drop', i]]);
      for (const [, end] of ways) {
        if (chance(0.4)) await boyd();
        await run([end, ...someops(2)]);
      }
      await boyd();
    },
    // Promises that hold each other, settled before or after the kernel knows of them.
    async () => {
      const [i, j, k] = [0, 1, 2].map(n => (below(3) + n * 3) % 8);
      const settle = [pick([['resolve', i, [{ r: j }, { r: i }]], notItself(['resolve', i, { r: j }]), ['reject', i, { p: { r: i } }]]), pick([notItself(['resolve', j, value(1)]), ['reject', j, [{ r: i }]], notItself(['resolve', j, { r: i }]), ['resolve', j, [{ r: k }]]])].filter(() => chance(0.8));
      for (const n of [i, j]) held[n] = 'kit';
      held[k] = 'data';
      await run([['promise', i], ['promise', j], ...(chance(0.5) ? settle.splice(0) : []), ['put', k, [{ r: i }, { r: j }, value(0)]], ...someops(2)]);
      await send('o+0', pick(['answer', 'answer', 'fail']), [k]);
      await run([...settle, ...someops(2)]);
      await send('o+0', 'later', [k, pick([0, ['x']])]);
    },
  ];
  await step(['start']);
  await bring();
  await send('o+0', 'run', [Array.from({ length: 10 }, op)]);
  for (let n = 8 + below(10); n > 0; n -= 1) {
    const reachable = [...exports].filter(([, s]) => s === 'reachable').map(([v]) => v);
    const dropped = [...exports].filter(([, s]) => s === 'recognizable').map(([v]) => v);
    const gone = [...imports].filter(([, s]) => s === 'recognizable').map(([v]) => v);
    const notify = async () => {
      const settled = [...awaited].filter(() => chance(0.5)).slice(0, 3);
      if (settled.length === 0) return;
      settled.forEach(v => awaited.delete(v));
      const one = promises => v => {
        if (!chance(0.5)) return [v, chance(0.3), pick(common)];
        if (chance(0.3)) return [v, chance(0.7), { '#error': 'far', errorId: 'error:other#1', name: 'RangeError' }];
        if (chance(0.3)) {
          // A promise of the same batch, even itself, settled at once.
          return [v, chance(0.3), ['&0', '&0'], [pick(settled)]];
        }
        const [argument, slots] = told({ promises });

        // What a promise is settled to is a thing, or data: never a bare promise.
        return [v, chance(0.3), typeof argument === 'string' && argument.startsWith('&') ? [argument] : argument, slots];
      };
      await step(['notify', ...settled.map(one(chance(0.5)))]);
      if (chance(0.1)) await step(['notify', [pick(settled), false, 'again']]);
    };
    const dropSome = async () => {
      const vrefs = reachable.filter(() => chance(0.6));
      if (vrefs.length === 0) return;
      vrefs.forEach(v => exports.set(v, 'recognizable'));
      await step(['dropExports', ...vrefs]);
      const retired = vrefs.filter(() => chance(0.4));
      if (retired.length === 0) return;
      retired.forEach(v => exports.delete(v));
      await step(['retireExports', ...retired]);
    };
    const retireSome = async () => {
      if (gone.length > 0) {
        const vrefs = gone.filter(() => chance(0.5));
        vrefs.forEach(v => imports.delete(v));
        if (vrefs.length > 0) await step(['retireImports', ...vrefs]);
      } else if (dropped.length > 0) {
        dropped.forEach(v => exports.delete(v));
        await step(['retireExports', ...dropped]);
      }
    };
    await pick([
      ...scenes,
      ...Array.from({ length: 6 }, () => () => run(Array.from({ length: 3 + below(10) }, op))),
      bring,
      bring,
      () => send('o+0', pick(['answer', 'answer', 'answer', 'fail', 'later']), [below(8)]),
      () => send('o+0', 'answer', [holding('instance', 'far', 'data', ...storeNames)]),
      () => send('o+0', 'answer', [holding('instance', 'far', 'kit')]),
      async () => {
        // What is exported is held by the kernel alone, and then not even so.
        const i = holding('instance', 'far', ...storeNames);
        await send('o+0', 'answer', [i]);
        await send('o+0', 'run', [[['drop', i], op()]]);
        held[i] = 'nothing';
      },
      async () => {
        if (reachable.length === 0) return;
        const v = pick(reachable);
        if (chance(0.5)) {
          const [argument, slots] = told();
          await send(v, pick(['get', 'x', 'setX', 'setY', 'ping', 'has', 'nosuch', 'self', 'peer', 'fail', 'later', 'later', 'delete', 'both']), [argument], slots);
        } else await send('o+0', 'run', [[take('instance', '$0')]], [v]);
      },
      notify, notify, notify,
      async () => {
        const [argument, slots] = told();
        const i = free();
        held[i] = 'data';
        await send('o+0', 'run', [[['take', i, argument], op(), op()]], slots);
      },
      boyd,
      dropSome, dropSome, dropSome, retireSome, retireSome, retireSome,
      async () => {
        if (!chance(0.5)) return;
        if (chance(0.1)) await step(['restart', pick(['no D', 'other facets'])]);
        await step(['restart']);
        held.fill('nothing');

        // What was on the heap is gone, and the kernel tells of it.
        for (const v of exports.keys()) if (!v.startsWith('o+d')) exports.delete(v);
        const own = [...awaited].filter(v => v.startsWith('p+'));
        own.forEach(v => awaited.delete(v));
        if (own.length > 0 && chance(0.5)) await step(['notify', ...own.map(v => [v, true, { '#error': 'restarted', name: 'Error' }])]);
      },
    ])();
  }
  await boyd();
  return { seed, source, steps, trace };
}

const file = openSync(out, 'w');
for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) writeSync(file, `${JSON.stringify(await sequence(seed))}\n`);
closeSync(file);
