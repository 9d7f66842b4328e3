import type { ProcessExit } from '@kith/stack';
import { expect, test } from 'vitest';
import { createCrashWatch } from './crash-report.ts';
import { createProgress } from './progress.ts';

/** Reports one exit after the other, at the given seconds; answers what was told, and who was given up. */
function watch(exits: readonly (readonly [second: number, exit: Partial<ProcessExit>])[]) {
  const told: string[] = [];
  const givenUp: string[] = [];
  let second = 0;
  const crashes = createCrashWatch({
    progress: createProgress((line) => told.push(line.replace(/^\[.*?\] /, '')), false),
    now: () => second * 1000,
    onGiveUp: (name) => givenUp.push(name),
  });
  for (const [at, exit] of exits) {
    second = at;
    const base = { name: 'Postgres', code: 1, signal: null, expected: false, wasReady: true };
    crashes.report({ ...base, lastLines: [], restartInMs: 100, ...exit }, 'postgres.log');
  }
  return { told, givenUp };
}

const failedStart = { wasReady: false };

test('a process that crashes five times within a minute is given up', () => {
  const { told, givenUp } = watch([0, 10, 20, 30, 40].map((second) => [second, {}]));
  expect(told.at(-1)).toBe(
    'Postgres crashed (exit code 1): crash 5 within a minute, giving up. Log: postgres.log',
  );
  expect(givenUp).toEqual(['Postgres']);
});

test('crashes over more than a minute are not', () => {
  expect(watch([0, 20, 40, 60, 80, 100].map((second) => [second, {}])).givenUp).toEqual([]);
});

test('starts that fail are no crashes, however many, for a minute', () => {
  const starts = Array.from({ length: 29 }, (_, index) => [1 + index * 2, failedStart] as const);
  const { told, givenUp } = watch([[0, { code: null, signal: 'SIGKILL' }], ...starts]);
  expect(told.slice(0, 2)).toEqual([
    'Postgres crashed (SIGKILL): starting it again in 0.1 s. Log: postgres.log',
    'Postgres did not start (exit code 1): starting it again in 0.1 s. Log: postgres.log',
  ]);
  expect(givenUp).toEqual([]);
});

test('a process that is not back after a minute is given up', () => {
  const { told, givenUp } = watch([
    [0, {}],
    [30, failedStart],
    [61, failedStart],
  ]);
  expect(told.at(-1)).toContain('did not start (exit code 1): not back after a minute, giving up');
  expect(givenUp).toEqual(['Postgres']);
});

test('an end that was asked for is not told', () => {
  expect(watch([[0, { expected: true }]]).told).toEqual([]);
});
