import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '@kith/blobs';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type Delivery, type ReplayedBody, replayedSubject, replayStream } from '@kith/contracts';
import { openTestDatabase } from '@kith/database/testing';
import { createKeyedHash, createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { soundCounts, unreadable } from '../../test/replays.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { consumeReplays } from './consume-replays.ts';

type Rig = Awaited<ReturnType<typeof openRig>>;
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

/** The part of the resolver that takes replays in, on a real database, NATS and blob store. */
async function openRig() {
  const nats = await startTestNats();
  const database = await openTestDatabase();
  const dir = await mkdtemp(join(tmpdir(), 'kith-replays-'));
  const blobs = openBlobStore({ dir });
  const log = createLog({ name: 'resolver', level: 'silent' });
  const ending = new AbortController();
  const bus = await openBus({ url: nats.url, name: 'test', log });
  const { db } = database;
  const hash = createKeyedHash(Buffer.alloc(32).toString('base64'), 'erasure');
  const prepare = () => declareTestStreams(bus);
  await prepare();
  const now = () => new Date();
  const relay = { wake: () => {} };
  const consuming = consumeReplays({ db, bus, blobs, relay, log, hash, prepare, now }, ending.signal);
  return {
    db,
    bus,
    blobs,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await consuming;
      await bus.close();
      await database[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A delivery of one dead letter in a workspace of its own. */
async function deadLetter(workspace: string): Promise<Delivery> {
  const dead = arrived([unreadable()], { workspace });
  await rig.db.write(workspace, (tx) => applyBatch(tx, [dead], '2026-03-02T09:00:00.000Z'));
  return dead.delivery;
}

/** Tells what was read again of it, and waits until that was taken in. */
async function tell(
  { workspace, id }: Delivery,
  words: Partial<ReplayedBody>,
  subject = replayedSubject('email', workspace),
): Promise<void> {
  const told = { version: 1, workspace, deliveryId: id, items: [0], delivery: null, settles: true, ...words };
  await rig.bus.publish(subject, Buffer.from(JSON.stringify(told)), { messageId: randomUUID() });
  const left = async () => (await rig.bus.streamState(replayStream)).messages;
  await expect.poll(left, { timeout: 20_000, interval: 25 }).toBe(0);
}

const put = (delivery: Delivery) => rig.blobs.put(delivery.workspace, Buffer.from(JSON.stringify(delivery)));

const lettersOf = (workspace: string) =>
  rig.db.rows(sql`select reason, detail, raw_blob is not null as kept from dead_letter
    where workspace_id = ${workspace}`);

test('what cannot be written today either stays with the database’s error, and is stored once it can be', async () => {
  const dead = await deadLetter('poison');
  const poison = { ...mail({ id: 'a@x' }), text: 'NUL \u0000 cannot be stored' };
  await tell(dead, { delivery: await put({ ...dead, items: [poison] }) });
  expect(await lettersOf('poison')).toMatchObject([
    { reason: 'write_failed', detail: expect.stringContaining('22P05') as string },
  ]);
  expect(await soundCounts(rig.db, 'poison')).toEqual({ accepted: 1, 'dead_lettered write_failed': 1 });
  await tell(dead, { delivery: await put({ ...dead, items: [mail({ id: 'a@x' })] }) });
  expect(await lettersOf('poison')).toEqual([]);
  expect(await soundCounts(rig.db, 'poison')).toEqual({ accepted: 1, stored: 1 });
});

test('a body that is not kept any more is remembered as such', async () => {
  await tell(await deadLetter('gone'), { delivery: null });
  expect(await lettersOf('gone')).toMatchObject([{ reason: 'parse_failed', kept: false }]);
});

test('what tells nothing, or of another workspace than its subject, changes nothing', async () => {
  const dead = await deadLetter('strict');
  const good = await put({ ...dead, items: [mail({ id: 'a@x' })] });
  await tell(dead, { delivery: good }, replayedSubject('email', 'other'));
  await tell(dead, { delivery: await put({ ...dead, workspace: 'other' }) });
  await tell(dead, { delivery: await rig.blobs.put('strict', Buffer.from('{}')) });
  await tell(dead, { delivery: await rig.blobs.put('strict', Buffer.from('no JSON')) });
  await tell(dead, { delivery: { key: `strict/ab/ab${'0'.repeat(62)}`, size: 1 } });
  await tell(dead, { items: [] });
  expect(await lettersOf('strict')).toMatchObject([{ reason: 'parse_failed', kept: true }]);
  expect(await soundCounts(rig.db, 'strict')).toEqual({ accepted: 1, 'dead_lettered parse_failed': 1 });
});
