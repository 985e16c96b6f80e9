const { Far, passStyleOf } = __endo__;
function buildRootObject() {
  const tries = [() => Far('ok', {}), () => Far('f', { x: 1 }), () => Far('f', harden({})), () => Far('f', { get m() { return () => {}; } }), () => Far('f', []), () => Far(5, {}), () => Far('', {}), () => Far('f', Far('g', {})), () => Far('f', Object.create({ m() {} })), () => Far('f', () => {}), () => Far('f', Object.assign(() => {}, { extra: 1 })), () => Far('f', { [Symbol.for('s')]() {} }), () => Far('f', new Map()), () => Far('Alleged: nested', {}), () => harden({ __proto__: Far('p', { a() {} }), b() {} }), () => harden(Object.create(Far('p', { a() {} }))), () => Far('f', { constructor() {} }), () => Far('f', null), () => Far('f')];
  return Far('root', { out: i => tries[i](), all: () => harden(tries.map(t => { try { const o = t(); return [passStyleOf(o), `${getIface(o)}`]; } catch (e) { return e.message; } })) });
}
const getIface = o => Object.prototype.toString.call(o);
//--- deliveries
["send","o+0","all",[],[],"p-60"]
["send","o+0","out",[0],[],"p-61"]
["send","o+0","out",[1],[],"p-62"]
["send","o+0","out",[2],[],"p-63"]
["send","o+0","out",[3],[],"p-64"]
["send","o+0","out",[4],[],"p-65"]
["send","o+0","out",[5],[],"p-66"]
["send","o+0","out",[6],[],"p-67"]
["send","o+0","out",[7],[],"p-68"]
["send","o+0","out",[8],[],"p-69"]
["send","o+0","out",[9],[],"p-70"]
["send","o+0","out",[10],[],"p-71"]
["send","o+0","out",[11],[],"p-72"]
["send","o+0","out",[12],[],"p-73"]
["send","o+0","out",[13],[],"p-74"]
["send","o+0","out",[14],[],"p-75"]
["send","o+0","out",[15],[],"p-76"]
["send","o+0","out",[16],[],"p-77"]
["send","o+0","out",[17],[],"p-78"]
["send","o+0","out",[18],[],"p-79"]
