import { readFileSync } from 'node:fs';
import { connectable, DeadLetterReason, IgnoredReason } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { refusals } from './outcome.ts';

const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');

describe('docs/webhooks.md', () => {
  test('has every refusal with its status', () => {
    const written = [...page.matchAll(/^\| (\d{3}) +\| `(\w+)` +\|/gm)].map(
      ([, status, code]) => `${status} ${code}`,
    );
    const known = Object.entries(refusals).map(([code, { status }]) => `${status} ${code}`);
    expect(written.toSorted()).toEqual(known.toSorted());
  });

  test('has every reason for which an item is ignored or dead-lettered', () => {
    const written = [...page.matchAll(/^\| `(\w+)` +\| (ignored|dead-lettered) +\|/gm)];
    const reasonsOf = (end: string) =>
      written.flatMap(([, reason, ends]) => (ends === end ? [reason] : [])).toSorted();
    expect(reasonsOf('ignored')).toEqual(IgnoredReason.options.toSorted());
    expect(reasonsOf('dead-lettered')).toEqual(DeadLetterReason.options.toSorted());
  });

  test('has a section for every provider that can be connected', () => {
    for (const provider of Object.keys(connectable)) expect(page).toContain(`\n## ${provider}\n`);
  });
});

test('no refusal has a status on which providers stop or which they follow', () => {
  for (const { status } of Object.values(refusals)) expect([400, 401, 404, 413, 503]).toContain(status);
});
