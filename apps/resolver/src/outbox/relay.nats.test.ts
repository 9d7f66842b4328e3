import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kithStreams, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { openTestDatabase } from '@kith/database/testing';
import { createLog } from '@kith/service';
import { startNats } from '@kith/stack';
import { startTestNats } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { writeFacts, writeStates } from './outbox.ts';
import { startRelay } from './relay.ts';

const log = createLog({ name: 'test', level: 'silent' });
const at = '2026-03-02T08:00:00.000Z';

test('facts wait in the outbox while NATS is away, and each is told once when it is back, in order', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'kith-relay-'));
  const first = await startNats({ storeDir });
  await using database = await openTestDatabase();
  const { db } = database;
  const bus = await openBus({ url: first.url, name: 'test', log });
  await declareTestStreams(bus);
  const ending = new AbortController();
  const relay = startRelay({ db, bus, log, signal: ending.signal });
  const tell = (from: number, to: number) =>
    db.write('acme', (tx) => {
      const ids = Array.from({ length: to - from }, (_, index) => String(from + index));
      return writeFacts(
        tx,
        ids.map((recordId) => ({ type: 'record.upserted', data: { recordId } })),
        at,
      );
    });
  await tell(0, 700);
  expect(await relay.factsTold(10_000)).toBe(true);
  await first.stop();
  await tell(700, 1_400);
  relay.wake();
  expect(await relay.factsTold(500)).toBe(false);
  await using again = await startNats({ storeDir, port: first.port });
  expect(again.port).toBe(first.port);
  await expect.poll(() => relay.factsTold(1_000), { timeout: 20_000 }).toBe(true);

  const told: string[] = [];
  const following = bus.follow({
    stream: 'KITH_EVENTS',
    subject: 'kith.events.acme.record.upserted',
    signal: ending.signal,
    onMessage: (message) => void told.push(JSON.parse(Buffer.from(message.payload).toString()).data.recordId),
  });
  await following.caughtUp(5_000);
  expect(told).toEqual(Array.from({ length: 1_400 }, (_, index) => String(index)));
  expect(await db.rows(sql`select id from outbox`)).toEqual([]);
  ending.abort();
  await Promise.all([relay.done, following.done]);
  await bus.close();
  await rm(storeDir, { recursive: true, force: true });
});

test('a state does not wait behind facts', async () => {
  await using nats = await startTestNats();
  await using database = await openTestDatabase();
  const { db } = database;
  await using bus = await openBus({ url: nats.url, name: 'test', log });
  // A stream of events that is full refuses them.
  await bus.declareStreams(
    kithStreams({ receivedBytesMax: 1_000_000, inboundBytesMax: 1_000_000, eventsBytesMax: 100 }),
  );
  await db.write('acme', async (tx) => {
    await writeFacts(tx, [{ type: 'record.upserted', data: { recordId: '1' } }], at);
    await writeStates(tx, [{ subject: 'kith.accounts.acme.sales', payload: {} }]);
  });
  const ending = new AbortController();
  const relay = startRelay({ db, bus, log, signal: ending.signal });
  expect(await relay.statesTold(10_000)).toBe(true);
  expect(await bus.subjectCounts('KITH_ACCOUNTS', '>')).toEqual(new Map([['kith.accounts.acme.sales', 1]]));
  expect(await db.rows(sql`select subject from outbox`)).toEqual([
    { subject: 'kith.events.acme.record.upserted' },
  ]);
  ending.abort();
  await relay.done;
});
