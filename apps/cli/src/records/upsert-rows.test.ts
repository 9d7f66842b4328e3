import { expect, test } from 'vitest';
import type { SourceRow } from './source.ts';
import { upsertRows } from './upsert-rows.ts';

const row = (recordId: string, where = `line ${recordId}`): SourceRow => ({
  kind: 'record',
  where,
  record: { recordId, fields: {} },
});

/** An answer as the typed client throws it. */
const refusal = (code: string, message: string) =>
  Object.assign(new Error(message), { data: { kith: { code, field: null, issues: [] } } });

test('rows go out in chunks of five hundred, and all are counted', async () => {
  const sizes: number[] = [];
  const rows = Array.from({ length: 1201 }, (_, index) => row(String(index)));
  const summary = await upsertRows(rows, async (records) => {
    sizes.push(records.length);
    return { upserted: records.length, linked: 1 };
  });
  expect(sizes).toEqual([500, 500, 201]);
  expect(summary).toEqual({ rows: 1201, upserted: 1201, linked: 3, bad: [] });
});

test('a record that Kith refuses is told, and all others are written', async () => {
  const written: string[] = [];
  const rows = Array.from({ length: 100 }, (_, index) => row(String(index)));
  const summary = await upsertRows(rows, async (records) => {
    if (records.some(({ recordId }) => recordId === '42')) throw refusal('bad_input', 'too long');
    written.push(...records.map(({ recordId }) => recordId));
    return { upserted: records.length, linked: 0 };
  });
  expect(summary).toEqual({
    rows: 100,
    upserted: 99,
    linked: 0,
    bad: [{ where: 'line 42', reason: 'too long' }],
  });
  expect(new Set(written).size).toBe(99);
});

test('an id that occurs twice is told at its second place', async () => {
  const summary = await upsertRows([row('1'), row('1', 'line 9')], async (records) => ({
    upserted: records.length,
    linked: 0,
  }));
  expect(summary.upserted).toBe(1);
  expect(summary.bad).toEqual([{ where: 'line 9', reason: 'its id 1 stands in line 1 already' }]);
});

test('any other error ends the import', async () => {
  const failing = upsertRows([row('1')], () => Promise.reject(refusal('unauthorized', 'no')));
  await expect(failing).rejects.toThrow('no');
});
