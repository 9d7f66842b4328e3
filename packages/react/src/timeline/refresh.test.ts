import { expect, test } from 'vitest';
import { planRefresh } from './refresh.ts';
import { messageAt } from './testing.ts';

const loaded = { items: [messageAt(2), messageAt(1)], hasNewer: false, hasOlder: true };
const all = { channels: [], participantIds: [] };
const shown = { window: loaded, filter: all };

test('what arrived is read by its id, and so is a loaded message that changed', () => {
  const plan = planRefresh(
    [
      { reason: 'message', messageId: 'm3' },
      { reason: 'changed', messageId: 'm1' },
      { reason: 'changed', messageId: 'm1' },
    ],
    shown,
  );
  expect(plan).toEqual({ kind: 'some', messageIds: ['m3', 'm1'], readsNewest: false });
});

test('a change of what is not loaded costs nothing', () => {
  const plan = planRefresh([{ reason: 'changed', messageId: 'm0' }], shown);
  expect(plan).toEqual({ kind: 'some', messageIds: [], readsNewest: false });
});

test('the first subscription reads the newest page, a later one everything', () => {
  expect(planRefresh([{ reason: 'start' }], shown)).toMatchObject({ kind: 'some', readsNewest: true });
  expect(planRefresh([{ reason: 'restart' }], shown)).toEqual({ kind: 'all' });
});

test('a link, a burst, and what does not name its message are read with everything', () => {
  expect(planRefresh([{ reason: 'linked' }], shown)).toEqual({ kind: 'all' });
  expect(planRefresh([{ reason: 'message' }], shown)).toEqual({ kind: 'all' });
  const burst = Array.from({ length: 101 }, (_, n) => ({ reason: 'message', messageId: `n${n}` }) as const);
  expect(planRefresh(burst, shown)).toEqual({ kind: 'all' });
});

test('whether a new message is of a chosen participant only the server knows', () => {
  const filter = { channels: [], participantIds: ['p1'] };
  expect(planRefresh([{ reason: 'message', messageId: 'm3' }], { window: loaded, filter })).toEqual({
    kind: 'all',
  });
});
