import { expect, test } from 'vitest';
import { createHealth } from './health.ts';

test('ready is what every dependency says, and each tells its own reason', async () => {
  const health = createHealth();
  health.addDependency('postgres', async () => {});
  expect(await health.report()).toEqual({ ready: true, dependencies: { postgres: { ok: true } } });
  health.addDependency('nats', () => {
    throw new Error('not connected');
  });
  expect(await health.report()).toEqual({
    ready: false,
    dependencies: { postgres: { ok: true }, nats: { ok: false, detail: 'not connected' } },
  });
});

test('a dependency that never answers is not waited for', async () => {
  const health = createHealth();
  health.addDependency('frozen', () => new Promise(() => {}));
  const report = await health.report();
  expect(report.dependencies['frozen']?.detail).toMatch(/no answer within/);
});
