const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
class Odd extends Error {}
function buildRootObject() {
  return Far('root', {
    plain: () => harden(Error('boom')),
    typed: () => harden([TypeError('t'), RangeError('r'), URIError('u'), SyntaxError('#s')]),
    thrown() { throw ReferenceError('!thrown'); },
    thrownString() { throw 'just text'; },
    thrownRecord() { throw harden({ code: 7 }); },
    thrownUndefined() { throw undefined; },
    async rejected() { throw Error('later'); },
    cause: () => harden(Error('outer', { cause: Error('inner') })),
    extra() { const e = Error('extra'); e.code = 'E1'; throw e; },
    extraNested() { const e = Error('extra'); e.code = 'E1'; return harden([e]); },
    odd() { throw new Odd('odd'); },
    aggregate() { throw AggregateError([Error('x')], 'many'); },
    renamed() { const e = Error('renamed'); Object.defineProperty(e, 'name', { value: 'Custom' }); throw e; },
    inspect: err => harden([err.name, err.message, err instanceof Error, err instanceof TypeError, passStyleOf(err), Object.isFrozen(err)]),
    echo: err => err,
    natural() { return undefined.foo; },
  });
}
//--- deliveries
["send","o+0","plain",[],[],"p-60"]
["send","o+0","typed",[],[],"p-61"]
["send","o+0","thrown",[],[],"p-62"]
["send","o+0","thrownString",[],[],"p-63"]
["send","o+0","thrownRecord",[],[],"p-64"]
["send","o+0","thrownUndefined",[],[],"p-65"]
["send","o+0","rejected",[],[],"p-66"]
["send","o+0","cause",[],[],"p-67"]
["send","o+0","extra",[],[],"p-68"]
["send","o+0","extraNested",[],[],"p-69"]
["send","o+0","odd",[],[],"p-70"]
["send","o+0","aggregate",[],[],"p-71"]
["send","o+0","renamed",[],[],"p-72"]
["send","o+0","inspect",[{"#error":"!#msg","errorId":"error:liveSlots:v2#70001","name":"TypeError"}],[],"p-73"]
["send","o+0","inspect",[{"#error":"odd","name":"Whatever"}],[],"p-74"]
["send","o+0","echo",[{"#error":"odd","name":"RangeError"}],[],"p-75"]
["send","o+0","natural",[],[],"p-76"]
["send","o+0","inspect",[{"#error":"many","name":"AggregateError"}],[],"p-77"]
