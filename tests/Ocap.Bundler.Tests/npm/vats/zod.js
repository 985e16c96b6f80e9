// zod.
import { Far } from '@endo/far';
import { z } from 'zod';

export function buildRootObject() {
  const Person = z.object({
    name: z.string().min(1),
    age: z.number().int().nonnegative().optional(),
    mail: z.email().optional(),
    kind: z.enum(['a', 'b']).default('a'),
    tags: z.array(z.string()).max(3),
  });
  const Shape = z.discriminatedUnion('type', [z.object({ type: z.literal('circle'), r: z.number() }), z.object({ type: z.literal('square'), a: z.number() })]);
  const issues = (schema, value) => schema.safeParse(value).error.issues.map(({ code, path, message }) => [code, path.join('.'), message]);
  const plain = (value) => JSON.parse(JSON.stringify(value));
  return Far('root', {
    parsed: () => plain(Person.parse({ name: 'x', tags: ['t'], extra: 1 })),
    issues: () => issues(Person, { name: '', age: 1.5, mail: 'nope', kind: 'z', tags: [1, 2, 3, 4] }),
    union: () => [plain(Shape.parse({ type: 'circle', r: 1 })), issues(Shape, { type: 'line' })],
    changed: () => z.string().transform((s) => s.length).pipe(z.number()).parse('four'),
    coerced: () => [z.coerce.number().parse('5'), z.stringbool().parse('yes')],
    refined: () => issues(z.string().refine((s) => s === 'ok', 'must be ok'), 'no'),
    thrown: () => Person.parse({}),
    schema: () => plain(z.toJSONSchema(z.object({ a: z.string() }))),
  });
}
