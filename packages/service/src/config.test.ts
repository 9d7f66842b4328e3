import { expect, test } from 'vitest';
import * as z from 'zod';
import { ConfigError, loadConfig, printableConfig, secret, serviceSettings } from './config.ts';

const schema = z.object({
  ...serviceSettings,
  DATABASE_URL: secret().describe('Postgres'),
  KITH_TOKEN: secret().optional(),
  KITH_LIMIT: z.coerce.number().int().positive().default(10),
});

test('all problems are told at once, a typing mistake among them', () => {
  const load = () => loadConfig(schema, { PORT: 'eighty', KITH_LIMIT: '0', KITH_LIMITT: '5', OTHER: 'x' });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(/KITH_LIMITT: no such setting; known are KITH_TOKEN, KITH_LIMIT/);
  expect(load).toThrow(/PORT: /);
  expect(load).toThrow(/DATABASE_URL: is not set/);
  expect(load).toThrow(/KITH_LIMIT: /);
});

test('an empty variable is one that is not set', () => {
  const config = loadConfig(schema, { PORT: '0', DATABASE_URL: 'postgres://x', KITH_LIMIT: '' });
  expect(config.KITH_LIMIT).toBe(10);
});

test('secrets are never printed', () => {
  const env = { PORT: '0', DATABASE_URL: 'postgres://kith:hunter2@db/kith', KITH_TOKEN: 'hunter3' };
  const printed = JSON.stringify(printableConfig(schema, loadConfig(schema, env)));
  expect(printed).not.toMatch(/hunter/);
  expect(printed).toContain('[redacted]');
});
