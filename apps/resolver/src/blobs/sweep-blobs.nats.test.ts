/*
 * Blobs after a clear: those that nothing names any more go, none that something names or is about to name does.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '@kith/blobs';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { inboundStream, inboundSubject, receivedSubject } from '@kith/contracts';
import { openTestDatabase } from '@kith/database/testing';
import { createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { clearWorkspace } from '../clear/clear-workspace.ts';
import { resolverDurable } from '../consume.ts';
import { blobColumns } from './named-blobs.ts';
import { sweepWorkspace } from './sweep-blobs.ts';

type Rig = Awaited<ReturnType<typeof openRig>>;
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

async function openRig() {
  const nats = await startTestNats();
  const database = await openTestDatabase();
  const dir = await mkdtemp(join(tmpdir(), 'kith-blobs-'));
  const blobs = openBlobStore({ dir });
  const log = createLog({ name: 'resolver', level: 'silent' });
  const bus = await openBus({ url: nats.url, name: 'test', log });
  await declareTestStreams(bus);
  const { db } = database;
  /** The clock of the sweep is two hours ahead; blobs are too young by their files' own time. */
  const sweep = (workspace: string, ageMs = 0) =>
    sweepWorkspace({ db, bus, blobs, ageMs, now: () => new Date(Date.now() + 7_200_000) }, workspace);
  const clear = (workspace: string, channel?: 'email') =>
    clearWorkspace(
      db,
      {
        workspace,
        scope: channel === undefined ? { kind: 'everything' } : { kind: 'channel', channel },
        records: false,
        accounts: false,
        decisions: false,
      },
      { now: () => new Date(), workMs: 10_000 },
    );
  return {
    db,
    bus,
    blobs,
    sweep,
    clear,
    /** A mail of which raw body, HTML and file are there. */
    receive: async (workspace: string, id: string, options: { file?: string; raw?: string } = {}) => {
      const put = (text: string) => blobs.put(workspace, Buffer.from(text));
      const [raw, html, file] = await Promise.all([
        put(options.raw ?? `raw ${id}`),
        put(`html ${id}`),
        put(options.file ?? `file ${id}`),
      ]);
      const attachment = { name: 'a', type: 'text/plain', blob: file, contentId: null, inline: false };
      const item = { ...mail({ id }), html, attachments: [attachment] };
      const delivery = arrived([item], { workspace, raw });
      await db.write(workspace, (tx) => applyBatch(tx, [delivery], '2026-03-02T09:00:00.000Z'));
      return { raw: raw.key, html: html.key, file: file.key };
    },
    [Symbol.asyncDispose]: async () => {
      await bus.close();
      await database[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
    files: async (workspace: string) =>
      (await readdir(join(dir, workspace), { recursive: true, withFileTypes: true })).filter((file) =>
        file.isFile(),
      ).length,
  };
}

test('after a clear the blobs go, also those that no row ever named, and other workspaces keep theirs', async () => {
  const { raw } = await rig.receive('swept', 'a@x');
  await rig.receive('swept', 'a@x', { raw: 'a copy that brought nothing new' });
  const kept = await rig.receive('beside', 'a@x');
  await rig.clear('swept');
  expect(await rig.blobs.has(raw)).toBe(true);
  expect(await rig.sweep('swept')).toBe(4);
  expect(await rig.files('swept')).toBe(0);
  expect(await rig.db.rows(sql`select key from blob_garbage where workspace_id = 'swept'`)).toEqual([]);
  await rig.sweep('beside');
  for (const key of Object.values(kept)) expect(await rig.blobs.has(key)).toBe(true);
});

test('a blob that something still names stays, and one that was put again just now', async () => {
  const gone = await rig.receive('named', 'a@x', { file: 'shared' });
  await rig.clear('named');
  const { file } = await rig.receive('named', 'b@x', { file: 'shared' });
  expect(file).toBe(gone.file);
  // Its rows are not there yet; its bytes are.
  await rig.blobs.put('named', Buffer.from('html a@x'));
  expect(await rig.sweep('named', 60_000)).toBe(0);
  expect(await rig.sweep('named')).toBe(2);
  expect(await rig.blobs.has(file)).toBe(true);
});

test('nothing goes while anything of the workspace is on its way', async () => {
  const { raw } = await rig.receive('coming', 'a@x');
  await rig.clear('coming');
  const ending = new AbortController();
  let hold = true;
  const consumer = rig.bus.consumeBatches({
    stream: inboundStream,
    durable: resolverDurable,
    subject: 'kith.inbound.*.*',
    batchMax: 10,
    ackWaitMs: 20_000,
    signal: ending.signal,
    handle: async (batch) => {
      for (const message of batch) {
        if (hold) message.retry(20);
        else message.ack();
      }
    },
  });
  await rig.bus.publish(inboundSubject('email', 'coming'), Buffer.from('{}'), { messageId: 'coming' });
  expect(await rig.sweep('coming')).toBe(0);
  hold = false;
  await expect
    .poll(() => rig.bus.unacknowledged(inboundStream, resolverDurable), { timeout: 10_000 })
    .toBe(0);
  ending.abort();
  await consumer.done;
  await rig.bus.publish(receivedSubject('email', 'coming', 1), Buffer.from('x'), { messageId: 'received' });
  expect(await rig.sweep('coming')).toBe(0);
  expect(await rig.blobs.has(raw)).toBe(true);
  await rig.bus.deleteStream('KITH_RECEIVED');
  expect(await rig.sweep('coming')).toBe(3);
});

test('every column that holds a key of a blob is looked at', async () => {
  const columns = await rig.db.rows<{ name: string }>(sql`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name like '%blob%' order by 1`);
  const known = blobColumns.map(({ table, column }) => `${table}.${column}`);
  expect(columns.map(({ name }) => name)).toEqual(known.toSorted());
});
