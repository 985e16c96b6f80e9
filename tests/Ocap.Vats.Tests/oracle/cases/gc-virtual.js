const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('node', (n, next) => ({ n, next }), { n: ({ state }) => state.n, next: ({ state }) => state.next, cut: ({ state }) => { state.next = undefined; } });
  let head;
  return Far('root', {
    chain(n) { head = undefined; for (let i = 0; i < n; i += 1) head = make(i, head); },
    holding: x => { head = make('holder', x); },
    walk() { const seen = []; for (let o = head; o; o = o.next()) seen.push(o.n()); return harden(seen); },
    cut() { head.next().cut(); },
    drop() { head = undefined; },
    cycle() { const a = make('a'); const b = make('b', a); head = make('c', b); },
  });
}
//--- deliveries
["send","o+0","chain",[5],[],"p-60"]
["bringOutYourDead"]
["send","o+0","walk",[],[],"p-61"]
["send","o+0","cut",[],[],"p-62"]
["send","o+0","walk",[],[],"p-63"]
["bringOutYourDead"]
["send","o+0","drop",[],[],"p-64"]
["send","o+0","walk",[],[],"p-65"]
["bringOutYourDead"]
["send","o+0","holding",["$0.Alleged: x"],["o-5"],"p-66"]
["bringOutYourDead"]
["send","o+0","walk",[],[],"p-67"]
["send","o+0","drop",[],[],"p-68"]
["send","o+0","walk",[],[],"p-69"]
["bringOutYourDead"]
