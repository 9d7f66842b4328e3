/*
 * Any sequence of deliveries, record changes, decisions, merges and undoing keeps the invariants; and undoing gives
 * back what was there.
 */
import { KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { testRuns } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, chat, mail } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { deleteRecord } from '../records/delete-records.ts';
import { writePipeline } from '../records/pipeline.ts';
import { upsertRecords } from '../records/upsert-records.ts';
import { linkByPerson, manualLink, unlinkByPerson } from './link-by-person.ts';
import { mergeRecords } from './merge-records.ts';
import { dismissInReview } from './review.ts';
import { undoEntry } from './undo.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const addresses = ['ana@lima.example', 'bo@lima.example', 'eve@x.example', 'noreply@x.example'];
const whatsapp = [
  { kind: 'phone', value: '+5511987654321' },
  { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' },
  { kind: 'whatsapp_lid', value: '140874994434143@lid' },
  { kind: 'phone', value: '+14155552671' },
] as const;
const recordIds = ['93', '94', '95'];

type Step =
  | { do: 'mail'; from: number; to: number[] }
  | { do: 'chat'; who: number[]; origin: 'webhook' | 'sync' }
  | { do: 'upsert'; record: number; emails: number[]; phones: number[] }
  | { do: 'delete'; record: number }
  | { do: 'merge'; record: number; into: number }
  | { do: 'link'; participant: number; record: number }
  | { do: 'unlink'; participant: number }
  | { do: 'reject'; participant: number; record: number }
  | { do: 'dismiss'; participant: number }
  | { do: 'undo'; event: number };

const few = (max: number, minLength = 0) =>
  fc.uniqueArray(fc.nat({ max: max - 1 }), { minLength, maxLength: 3 });
const record = fc.nat({ max: recordIds.length - 1 });
const any = fc.nat({ max: 1000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('mail' as const), from: fc.nat({ max: 3 }), to: few(4) }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('chat' as const),
      who: few(4, 1),
      origin: fc.constantFrom('webhook' as const, 'sync' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('upsert' as const), record, emails: few(4), phones: few(4) }),
  },
  fc.record({ do: fc.constant('delete' as const), record }),
  fc.record({ do: fc.constant('merge' as const), record, into: record }),
  fc.record({ do: fc.constant('link' as const), participant: any, record }),
  fc.record({ do: fc.constant('unlink' as const), participant: any }),
  fc.record({ do: fc.constant('reject' as const), participant: any, record }),
  fc.record({ do: fc.constant('dismiss' as const), participant: any }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), event: any }) },
);

/** Something to decide about: a record, a contested address, a chat. */
const beginning: Step[] = [
  { do: 'upsert', record: 0, emails: [0, 1], phones: [0] },
  { do: 'upsert', record: 1, emails: [1], phones: [] },
  { do: 'upsert', record: 2, emails: [2], phones: [3] },
  { do: 'mail', from: 0, to: [1, 2] },
  { do: 'chat', who: [0], origin: 'sync' },
  { do: 'chat', who: [1], origin: 'webhook' },
];

/** Checking costs more than a step; what a later step would hide is still found in some run. */
const checkedEvery = 5;

/** What a caller may be answered: anything else is a defect. */
const expectedErrors = new Set([
  'record_not_found',
  'record_deleted',
  'record_merged',
  'undo_conflict',
  'already_undone',
  'bad_input',
  'participant_internal',
]);

test('any sequence of deliveries, record changes, decisions, merges and undoing keeps the invariants', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      const world = await openWorld(`w${(run += 1)}`);
      for (const [index, one] of [...beginning, ...steps].entries()) {
        await world.take(one);
        if (index % checkedEvery !== 0 && index < steps.length) continue;
        expect(await violationsOf(database.db, world.workspace), JSON.stringify(one)).toEqual([]);
      }
    }),
    { numRuns: testRuns(40) },
  );
}, 240_000);

test('undoing everything that people did, newest first, leaves what the rules alone would have made', async () => {
  let run = 0;
  const isByPerson = ({ do: what }: Step) => ['link', 'unlink', 'reject', 'merge'].includes(what);
  const isDelivery = ({ do: what }: Step) => ['mail', 'chat', 'upsert'].includes(what);
  await fc.assert(
    fc.asyncProperty(
      fc.array(step.filter(isDelivery), { minLength: 2, maxLength: 8 }),
      fc.array(step.filter(isByPerson), { minLength: 4, maxLength: 12 }),
      async (before, words) => {
        const world = await openWorld(`u${(run += 1)}`);
        for (const one of [...beginning, ...before]) await world.take(one);
        const links = await world.links();
        for (const one of words) await world.take(one);
        for (const id of await world.wordsNewestFirst()) {
          await database.db.write(world.workspace, (tx) => undoEntry(tx, id, world.stamp()));
        }
        expect(await world.links()).toEqual(links);
        expect(await violationsOf(database.db, world.workspace)).toEqual([]);
      },
    ),
    { numRuns: testRuns(40) },
  );
}, 240_000);

async function openWorld(workspace: string) {
  const { db } = database;
  let clock = Date.parse('2026-03-02T08:00:00.000Z');
  let count = 0;
  const stamp = () => ({ actor: 'key:test', at: new Date((clock += 1000)).toISOString() });
  await db.write(workspace, (tx) =>
    writePipeline(tx, {
      pipeline: 'contacts',
      fields: [
        { key: 'email', type: 'email' },
        { key: 'phone', type: 'phone' },
      ],
      defaultCountry: null,
    }),
  );
  const pick = async (index: number): Promise<string> => {
    const rows = await db.rows<{ id: string }>(sql`select id from participant
      where workspace_id = ${workspace} order by identifier, created_at, id`);
    return rows.length === 0 ? '' : (rows[index % rows.length]?.id ?? '');
  };
  const receive = (item: ReturnType<typeof mail>, overrides: object) => {
    const { at } = stamp();
    const delivery = arrived([item], { ...overrides, workspace, receivedAt: at });
    return db.write(workspace, (tx) => applyBatch(tx, [delivery], at));
  };
  const recordOf = (index: number) => recordIds[index] ?? '93';
  const write = <T>(change: (tx: Tx) => Promise<T>) => db.write(workspace, change);
  const undoOne = async (index: number) => {
    const events = await db.rows<{ id: number }>(sql`select id from link_event
      where workspace_id = ${workspace} order by id`);
    // The newest most often: older ones are mostly in the way of newer.
    const event = events.at(-1 - Math.min(index % 12, Math.max(0, events.length - 1)));
    return event && write((tx) => undoEntry(tx, String(event.id), stamp()));
  };
  const acts: { [Name in Step['do']]: (one: Extract<Step, { do: Name }>) => Promise<unknown> } = {
    mail: ({ from, to }) => {
      const words = {
        id: `m${(count += 1)}@x`,
        from: addresses[from] ?? '',
        to: to.map((i) => addresses[i] ?? ''),
      };
      return receive(mail(words), {});
    },
    chat: ({ who, origin }) => {
      const from = who.flatMap((i) => whatsapp[i] ?? []);
      return receive(chat({ id: `c${(count += 1)}`, channel: 'whatsapp', from }), {
        channel: 'whatsapp',
        origin,
      });
    },
    upsert: ({ record: index, emails, phones }) => {
      const fields = {
        email: emails.map((i) => addresses[i]),
        phone: phones.flatMap((i) => (whatsapp[i]?.kind === 'phone' ? [whatsapp[i].value] : [])),
      };
      const input = { pipeline: 'contacts', records: [{ recordId: recordOf(index), fields }] };
      return write((tx) => upsertRecords(tx, input, stamp()));
    },
    delete: ({ record: index }) => write((tx) => deleteRecord(tx, recordOf(index), stamp())),
    merge: ({ record: index, into }) =>
      write((tx) => mergeRecords(tx, { recordId: recordOf(index), intoRecordId: recordOf(into) }, stamp())),
    undo: ({ event }) => undoOne(event),
    link: async ({ participant, record: index }) => {
      const request = { participantId: await pick(participant), recordId: recordOf(index), ...manualLink };
      return write((tx) => linkByPerson(tx, [request], { ...stamp(), field: (_, part) => part }));
    },
    unlink: async ({ participant }) => {
      const ids = [await pick(participant)];
      return write((tx) => unlinkByPerson(tx, ids, { ...stamp(), field: () => 'participantId' }));
    },
    reject: async ({ participant, record: index }) => {
      const input = { participantId: await pick(participant), recordId: recordOf(index) };
      return write((tx) => dismissInReview(tx, input, stamp()));
    },
    dismiss: async ({ participant }) => {
      const input = { participantId: await pick(participant), recordId: null };
      return write((tx) => dismissInReview(tx, input, stamp()));
    },
  };
  const act = <Name extends Step['do']>(one: Extract<Step, { do: Name }>) => acts[one.do](one);
  return {
    workspace,
    stamp,
    take: async (one: Step) => {
      try {
        await act(one);
      } catch (err) {
        if (!(err instanceof KithError) || !expectedErrors.has(err.code)) throw err;
      }
    },
    links: () =>
      db.rows(sql`
        select p.identifier, p.status, p.record_id, p.candidates, p.manual from participant p
        where workspace_id = ${workspace} and merged_into is null order by identifier, id`),
    wordsNewestFirst: async () => {
      const rows = await db.rows<{ id: number }>(sql`select id from link_event
        where workspace_id = ${workspace} and reason = 'person' order by id desc`);
      return rows.map(({ id }) => String(id));
    },
  };
}
