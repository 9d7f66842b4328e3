import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { syncReportSubject, syncStream, type SyncTask, syncTaskSubject } from '@kith/contracts';
import { openResolver, type TestResolver } from '../../test/resolver.ts';
import { createSyncWorkspace, type SyncWorkspace } from '../../test/sync-workspace.ts';
import { reviveTasks } from './revive-tasks.ts';

let nats: Awaited<ReturnType<typeof startTestNats>>;
let bus: Bus;
let resolver: TestResolver;
let acme: SyncWorkspace;
beforeAll(async () => {
  nats = await startTestNats();
  bus = await openBus({ url: nats.url, name: 'test', log: createLog({ name: 'test', level: 'silent' }) });
  resolver = await openResolver();
  acme = createSyncWorkspace(resolver);
});
afterAll(async () => {
  await resolver[Symbol.asyncDispose]();
  await bus.close();
  await nats[Symbol.asyncDispose]();
});

let task: SyncTask;
/** A part whose third page is to be fetched, and whose task was published. */
beforeEach(async () => {
  await acme.begin();
  await acme.connect();
  await resolver.acme.records.sync.mutate({ recordId: '93' });
  task = await acme.onlyTask();
  await resolver.db.rows(sql`delete from outbox`);
  await resolver.db.rows(sql`update sync_part set pages = 2`);
  await declareTestStreams(bus);
});

const minutesLater = (minutes: number): Date =>
  new Date(Date.parse('2026-03-02T09:00:00.000Z') + minutes * 60_000);
const revive = (minutes = 3) => reviveTasks({ db: resolver.db, bus }, minutesLater(minutes));
const publish = (subject: string) =>
  bus.publish(subject, Buffer.from('{}'), { messageId: `${subject} ${task.partId}` });

test('a part whose task NATS lost begins anew behind the pages that were taken in, once', async () => {
  expect(await revive(1)).toBe(0);
  expect(await revive()).toBe(1);
  expect(await acme.tasks()).toEqual([{ ...task, page: 3 }]);
  expect(await revive()).toBe(0);
});

test('a part whose task, or whose last report, is still there goes on by itself', async () => {
  await publish(syncTaskSubject('email', 'acme', task.partId));
  expect(await revive()).toBe(0);
  await bus.deleteStream(syncStream);
  await declareTestStreams(bus);
  await publish(syncReportSubject('acme', task.partId, 3));
  expect(await revive()).toBe(0);
  expect(await acme.tasks()).toEqual([]);
});

test('a part that has ended needs no task', async () => {
  await resolver.db.rows(sql`update sync_part set finished_at = now()`);
  expect(await revive()).toBe(0);
});
