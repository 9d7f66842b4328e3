/*
 * An editor shows the comment above a procedure to who calls it. It comes to the client in the declarations of the
 * routers: this reads what they hold.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const declared = /^( +)(\w+): import\("@trpc\/server"\)\.TRPC(?:Query|Mutation|Subscription)Procedure</gm;

test.each(['query', 'resolver'])(
  'every procedure of %s is documented where an editor finds it',
  (service) => {
    const folder = new URL('api/', import.meta.resolve(`@kith/${service}`));
    const found = readdirSync(folder)
      .filter((name) => name.endsWith('.d.ts'))
      .flatMap((name) => {
        const text = readFileSync(new URL(name, folder), 'utf8');
        return [...text.matchAll(declared)].map(({ index, 2: procedure }) => ({
          procedure: `${name}: ${procedure}`,
          isDocumented: text.slice(0, index).trimEnd().endsWith('*/'),
        }));
      });
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter(({ isDocumented }) => !isDocumented).map(({ procedure }) => procedure)).toEqual([]);
  },
);

test.each(['query/router', 'resolver/api/router'])('%s takes its procedures from there', (path) => {
  const [service = '', ...rest] = path.split('/');
  const file = new URL(`${rest.join('/')}.d.ts`, import.meta.resolve(`@kith/${service}`));
  // A copy of their types would have lost their comments.
  expect(readFileSync(file, 'utf8')).not.toMatch(/Procedure</);
});
