import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { openTestDatabase } from '@kith/database/testing';
import { createLog } from '@kith/service';
import { startNats } from '@kith/stack';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { writeFacts } from './outbox.ts';
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
  expect(await relay.flushed(10_000)).toBe(true);
  await first.stop();
  await tell(700, 1_400);
  relay.wake();
  expect(await relay.flushed(500)).toBe(false);
  await using again = await startNats({ storeDir, port: first.port });
  expect(again.port).toBe(first.port);
  await expect.poll(() => relay.flushed(1_000), { timeout: 20_000 }).toBe(true);

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
