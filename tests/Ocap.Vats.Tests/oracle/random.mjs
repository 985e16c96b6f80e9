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

async function sequence(seed) {
  const { chance, below, pick } = makeRandom(seed * 7919 + 13);
  const source = `const CONFIG = ${JSON.stringify({ shaped: chance(0.5), strictX: chance(0.3), guarded: chance(0.4) })};\n${vatSource}`;
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
  const scalar = () => pick([0, 1, 2, 7, -1.5, 'a', 'b', 'cc', '', null, true, '+5', '-3', '#undefined', '#NaN', '%sym']);
  const value = depth => (depth > 0 && chance(0.3) ? (chance(0.5) ? Array.from({ length: below(4) }, () => value(depth - 1)) : { p: value(depth - 1), q: value(depth - 1) }) : chance(0.45) ? register() : scalar());
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
    () => ['call', holding('instance'), pick(['get', 'x', 'setX', 'setY', 'both', 'self']), value(1)],
    () => ['call', holding('instance'), pick(['setX', 'setY', 'both']), register()],
    () => { const i = free(); const kind = below(4); return set(i, storeNames[kind], ['store', i, kind, chance(0.5), chance(0.7) ? -1 : below(10), chance(0.8) ? -1 : below(10)]); },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), key(), value(1)]; },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), key(), value(1)]; },
    () => { const i = holding(...storeNames); return ['entry', i, pick(methods[held[i]] ?? methods.map), register(), register()]; },
    () => ['list', holding('map', 'set'), pick(['keys', 'values', 'entries']), pattern(), pattern()],
    () => { const i = holding('map', 'set'); return pick([['size', i, pattern()], ['snapshot', i, pattern()], ['clear', i, pattern()], ['prune', i, 1 + below(3)]]); },
    () => ['keep', pick(['u', 'v', 'w']), value(1)],
    () => { const i = free(); return set(i, 'data', ['recall', i, pick(['u', 'v', 'w'])]); },
    () => ['forget', pick(['u', 'v', 'w'])],
    () => { const i = holding('instance', 'presence', 'far', ...storeNames); return pick([['weakSet', i, value(1)], ['weakSet', i, register()], ['weakGet', i], ['weakDelete', i], ['weakNew']]); },
    () => { const j = free(); return set(j, 'promise', ['send', holding('presence', 'promise'), j, value(1)]); },
    () => { const i = free(); return set(i, 'kit', ['promise', i]); },
    () => { const i = holding('kit'); return pick([['resolve', i, value(1)], ['reject', i, value(1)]]); },
    () => pick([['watch', holding('promise', 'kit'), value(1)], ['durable', below(8)], ['noted']]),
  ])();

  const send = async (target, method, args, slots = []) => {
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
  const boyd = async () => {
    await send('o+0', 'run', [[['scrub'], ['scrub']]]);
    for (const method of ['answer', 'fail', 'later']) await send('o+0', method, [0]);
    await step(['bringOutYourDead']);
  };

  await step(['start']);
  await bring();
  await send('o+0', 'run', [Array.from({ length: 10 }, op)]);
  for (let n = 10 + below(10); n > 0; n -= 1) {
    const reachable = [...exports].filter(([, s]) => s === 'reachable').map(([v]) => v);
    const dropped = [...exports].filter(([, s]) => s === 'recognizable').map(([v]) => v);
    const gone = [...imports].filter(([, s]) => s === 'recognizable').map(([v]) => v);
    await pick([
      () => send('o+0', 'run', [Array.from({ length: 2 + below(8) }, op)]),
      () => send('o+0', 'run', [Array.from({ length: 2 + below(8) }, op)]),
      () => send('o+0', 'run', [Array.from({ length: 2 + below(8) }, op)]),
      bring,
      bring,
      () => send('o+0', pick(['answer', 'answer', 'answer', 'fail', 'later']), [below(8)]),
      async () => {
        if (reachable.length === 0) return;
        const v = pick(reachable);
        if (chance(0.5)) await send(v, pick(['get', 'x', 'setX', 'ping', 'has', 'nosuch', 'self']), [scalar()]);
        else await send('o+0', 'run', [[take('instance', '$0')]], [v]);
      },
      async () => {
        const settled = [...awaited].filter(() => chance(0.5)).slice(0, 3);
        if (settled.length === 0) return;
        settled.forEach(v => awaited.delete(v));
        await step(['notify', ...settled.map(v => {
          if (!chance(0.4)) return [v, chance(0.3), scalar()];
          const o = `o-${(lastImport += 1)}`;
          imports.set(o, 'reachable');
          return [v, chance(0.3), chance(0.5) ? `$0.Alleged: presence ${o}` : [`$0.Alleged: presence ${o}`, '$0'], [o]];
        })]);
      },
      boyd,
      async () => {
        const vrefs = reachable.filter(() => chance(0.4));
        if (vrefs.length === 0) return;
        vrefs.forEach(v => exports.set(v, 'recognizable'));
        await step(['dropExports', ...vrefs]);
        const retired = vrefs.filter(() => chance(0.4));
        if (retired.length === 0) return;
        retired.forEach(v => exports.delete(v));
        await step(['retireExports', ...retired]);
      },
      async () => {
        if (gone.length > 0) {
          const vrefs = gone.filter(() => chance(0.5));
          vrefs.forEach(v => imports.delete(v));
          if (vrefs.length > 0) await step(['retireImports', ...vrefs]);
        } else if (dropped.length > 0) {
          dropped.forEach(v => exports.delete(v));
          await step(['retireExports', ...dropped]);
        }
      },
      async () => {
        if (!chance(0.5)) return;
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
