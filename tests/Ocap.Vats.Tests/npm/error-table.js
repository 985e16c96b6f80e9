// Prints what each of many thunks throws: one line for each, named by the thunk's own text.

const show = value => {
  try {
    return typeof value === 'bigint' ? `${value}n` : typeof value === 'object' ? `(${value === null ? 'null' : 'object'})` : String(value);
  } catch {
    return '(cannot be shown)';
  }
};
const thrown = e => {
  if (Object(e) !== e) return `threw ${show(e)}`;
  const own = Object.getOwnPropertyDescriptor(e, 'message');
  const odd = !own || (own.writable && !own.enumerable && own.configurable) ? '' : ' (its message is an odd property)';
  return `${e.name}: ${e.message.replaceAll('\n', '\\n')}${odd}`;
};
const outcome = thunk => {
  try {
    return `returned ${show(thunk())}`;
  } catch (e) {
    return thrown(e);
  }
};
const name = thunk => (typeof thunk === 'string' ? thunk : String(thunk)).replace(/\s+/g, ' ');
const evaluate = eval;
const runnable = thunk => (typeof thunk === 'string' ? () => evaluate(thunk) : thunk);

export const table = async (cases, asyncCases = []) => {
  const lines = cases.map(thunk => `${name(thunk)} ⇒ ${outcome(runnable(thunk))}`);
  for (const thunk of asyncCases) {
    let line = 'never settles';
    const settled = Promise.resolve().then(thunk).then(value => { line = `fulfilled ${show(value)}`; }, e => { line = thrown(e); });
    let turns = 0;
    const patience = (async () => { while (turns < 50) { turns += 1; await null; } })();
    await Promise.race([settled, patience]);
    lines.push(`${name(thunk)} ⇒ ${line}`);
  }
  return lines.join('\n');
};
