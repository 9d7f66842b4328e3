import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from './sealed-secrets.ts';

const keyOf = () => randomBytes(32).toString('base64');

test('a sealed secret opens with its key and for its owner only', () => {
  const key = keyOf();
  const box = createSecretBox(key);
  const sealed = box.seal('acme/support', { token: 'hunter2' });
  expect(sealed).not.toContain('hunter2');
  expect(createSecretBox(key).open('acme/support', sealed)).toEqual({ token: 'hunter2' });
  expect(() => box.open('acme/sales', sealed)).toThrow();
  expect(() => createSecretBox(keyOf()).open('acme/support', sealed)).toThrow();
  expect(() => box.open('acme/support', `${sealed.slice(0, -2)}AA`)).toThrow();
  expect(() => box.open('acme/support', 'v9.a.b.c')).toThrow(/known version/);
});

test('the same secret is sealed differently each time', () => {
  const box = createSecretBox(keyOf());
  expect(box.seal('a/b', 'x')).not.toBe(box.seal('a/b', 'x'));
});

test('a key of another length is refused with what to do', () => {
  expect(() => createSecretBox('short')).toThrow(/openssl rand -base64 32/);
});
