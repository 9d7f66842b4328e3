import { expect, test } from 'vitest';
import { arrived, chat, externalIdOf } from '../../test/deliveries.ts';
import { layOut } from './lay-out.ts';
import { messageIdOf } from './items.ts';
import { settle } from './settle.ts';

const ana = { identifiers: [{ kind: 'phone' as const, value: '+5511987654321' }], displayName: null };
const nobody = { identifiers: [{ kind: 'email' as const, value: 'ana@lima.example' }], displayName: null };
const about = { messageId: externalIdOf('1'), at: null };
const delivery = arrived(
  [
    chat({ id: '1', channel: 'whatsapp', from: ana.identifiers }),
    { kind: 'status', ...about, status: 'read', recipient: null, detail: null },
    { kind: 'reaction', ...about, person: ana, emoji: '👍' },
    { kind: 'edit', ...about, editId: 'e1', text: 'new' },
    { kind: 'deletion', ...about },
    { kind: 'relation', relation: 'contact', person: ana, at: null },
    { kind: 'media', key: 'meta:1', result: { failure: 'refused', detail: '' } },
    { kind: 'reaction', ...about, person: nobody, emoji: '👍' },
    { kind: 'relation', relation: 'same_person', person: nobody, at: null },
    { kind: 'ignored', reason: 'unknown_event_type', detail: 'call' },
    { kind: 'unreadable', reason: 'parse_failed', detail: 'why' },
  ],
  { channel: 'whatsapp' },
);
const messageId = messageIdOf('acme', 'whatsapp', externalIdOf('1'));

test.each(['stored', 'duplicate'] as const)('every item ends once: what can be, as %s', (outcome) => {
  const items = layOut('acme', [delivery]);
  const news = outcome === 'stored' ? new Set([...items.ofDelivery.values()].flat()) : new Set<never>();
  const [settled] = settle(items, news);
  expect(settled?.outcomes).toEqual([
    ...Array.from({ length: 5 }, () => ({ outcome, messageId })),
    { outcome },
    { outcome },
    { outcome: 'ignored', reason: 'nothing_for_us' },
    { outcome: 'ignored', reason: 'nothing_for_us' },
    { outcome: 'ignored', reason: 'unknown_event_type' },
    { outcome: 'dead_lettered', reason: 'parse_failed' },
  ]);
  expect(settled?.details).toEqual(new Map([[10, 'why']]));
});

test('of two deliveries with the very same item each has its own outcome', () => {
  const [first, second] = [delivery, delivery].map(({ delivery: { items } }) =>
    arrived(items, { channel: 'whatsapp' }),
  );
  if (first === undefined || second === undefined) throw new Error('no deliveries');
  const items = layOut('acme', [first, second]);
  const settled = settle(items, new Set(items.ofDelivery.get(first)));
  expect(settled.map(({ outcomes }) => outcomes[0]?.outcome)).toEqual(['stored', 'duplicate']);
});

test('what claims to be of the future is as old as its arrival, whatever it is', () => {
  const future = { ...about, at: '2099-01-01T00:00:00.000Z' };
  const { statuses, edits } = layOut('acme', [
    arrived([
      { kind: 'status', ...future, status: 'read', recipient: null, detail: null },
      { kind: 'edit', ...future, editId: 'e1', text: 'new' },
    ]),
  ]);
  expect([...statuses, ...edits].map(({ at }) => at)).toEqual(
    Array.from({ length: 2 }, () => '2026-03-02T08:00:00.000Z'),
  );
});
