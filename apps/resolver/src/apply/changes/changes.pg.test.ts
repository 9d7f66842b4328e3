import type { DeliveryItem } from '@kith/contracts';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ana,
  anaLid,
  type ChatWorkspace,
  createChatWorkspace,
  fromAna,
} from '../../../test/chat-workspace.ts';
import { arrived, externalIdOf } from '../../../test/deliveries.ts';
import { counting } from '../../../test/crm.ts';
import { violationsOf } from '../../../test/invariants.ts';
import { clear, countsOf, holdRecords, stateOf } from '../../../test/state.ts';
import { applyBatch } from '../apply-batch.ts';

let database: TestDatabase;
let acme: ChatWorkspace;
beforeAll(async () => {
  database = await openTestDatabase();
  acme = createChatWorkspace(database.db);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await clear(database.db);
  await holdRecords(database.db, [{ recordId: '93', identifiers: [ana] }]);
});

const about = { messageId: externalIdOf('1'), at: null };
const minute = (count: number): string => `2026-03-01T11:0${count}:00.000Z`;
const status = (name: 'sent' | 'delivered' | 'read', recipient: typeof ana | null = null): DeliveryItem => ({
  kind: 'status',
  ...about,
  status: name,
  recipient,
  detail: null,
});
const edit = (editId: string, text: string, at: string | null = null): DeliveryItem => ({
  kind: 'edit',
  ...about,
  editId,
  text,
  at,
});
const deletion: DeliveryItem = { kind: 'deletion', ...about };
const reaction = (
  emoji: string | null,
  at: string | null = null,
  identifiers: (typeof ana | typeof anaLid)[] = [ana],
): DeliveryItem => ({
  kind: 'reaction',
  ...about,
  at,
  emoji,
  person: { identifiers, displayName: 'Ana' },
});

test('a status that is told late or twice is a duplicate, and the furthest over the recipients is shown', async () => {
  expect(await acme.tell(fromAna('1'), status('delivered'), status('sent'), status('delivered'))).toEqual([
    'stored',
    'stored',
    'duplicate',
    'duplicate',
  ]);
  expect(await acme.tell(status('read', ana))).toEqual(['stored']);
  expect(await acme.shown()).toMatchObject({ status: 'read' });
  expect(await acme.tell(status('read'))).toEqual(['stored']);
  expect(await countsOf(database.db)).toEqual({ accepted: 6, stored: 4, duplicate: 2 });
});

test('an advance of a stored message is told to all and to its record; one that shows nothing new is not', async () => {
  await acme.tell(fromAna('1'));
  const message = await acme.shown();
  const place = { messageId: message?.id, conversationId: message?.conversationId };
  await acme.factsOf();
  await acme.tell(status('read', ana));
  expect(await acme.factsOf('message.status', 'record.activity')).toEqual([
    { type: 'message.status', data: { ...place, status: 'read' } },
    { type: 'record.activity', data: { ...place, recordId: '93', reason: 'changed' } },
  ]);
  await acme.tell(status('delivered'));
  expect(await acme.factsOf('message.status', 'record.activity')).toEqual([]);
});

test('what is told before its message waits for it, in silence', async () => {
  await acme.tell(status('delivered'), edit('e1', 'Edited'), reaction('👍'));
  expect(await acme.factsOf('message.status', 'message.edited', 'message.reaction')).toEqual([]);
  await acme.tell(fromAna('1', { text: '' }));
  expect(await acme.rows(sql`select id from message`)).toHaveLength(1);
  const early = { ...fromAna('1'), text: 'Original' };
  await acme.tell(early);
  expect(await acme.shown()).toMatchObject({ status: 'delivered', text: 'Original', edited_text: 'Edited' });
  expect(await acme.preview()).toBe('Edited');
  expect(await acme.factsOf('message.status', 'message.edited', 'message.reaction')).toEqual([]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('the newest edit is shown, older ones and repeats change nothing, and the original stays', async () => {
  await acme.tell(fromAna('1', { text: '' }));
  await acme.tell({ ...fromAna('1'), text: 'Original' });
  await acme.factsOf();
  expect(await acme.tell(edit('e2', 'Second', minute(2)))).toEqual(['stored']);
  expect(await acme.factsOf('message.edited', 'record.activity')).toMatchObject([
    { type: 'message.edited' },
    { data: { recordId: '93', reason: 'changed' } },
  ]);
  expect(await acme.tell(edit('e1', 'First', minute(1)), edit('e2', 'Second', minute(2)))).toEqual([
    'stored',
    'duplicate',
  ]);
  expect(await acme.factsOf('message.edited', 'record.activity')).toEqual([]);
  expect(await acme.shown()).toMatchObject({ text: 'Original', edited_text: 'Second' });
  expect(await acme.preview()).toBe('Second');
});

test('a message that was taken back stays so, whatever comes after or came before', async () => {
  await acme.tell(fromAna('1'));
  expect(await acme.preview()).toBe('Text of 1');
  await acme.factsOf();
  expect(await acme.tell(deletion, deletion)).toEqual(['stored', 'duplicate']);
  expect(await acme.factsOf('message.deleted', 'record.activity')).toMatchObject([
    { type: 'message.deleted' },
    { data: { reason: 'changed' } },
  ]);
  await acme.tell(edit('e1', 'Edited'), reaction('👍'));
  expect(await acme.factsOf('message.edited', 'message.reaction', 'record.activity')).toEqual([]);
  expect(await acme.preview()).toBe('');
  await clear(database.db);
  await acme.tell(deletion);
  await acme.tell(fromAna('1'));
  expect(await acme.preview()).toBe('');
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('the newest reaction of an identifier stays; it makes nobody an author and no conversation newer', async () => {
  const message = fromAna('1');
  await acme.tell(message);
  const before = await acme.participantOf(ana.value);
  expect(
    await acme.tell(
      reaction('👍', minute(2)),
      reaction('👍', minute(3)),
      reaction(null, minute(1)),
      reaction('❤️', minute(4)),
    ),
  ).toEqual(['stored', 'duplicate', 'duplicate', 'stored']);
  expect(await acme.rows(sql`select emoji, at from message_reaction`)).toEqual([
    { emoji: '❤️', at: minute(4) },
  ]);
  expect(await acme.participantOf(ana.value)).toEqual({ ...before, display_name: 'Ana' });
});

test('who only reacts is a participant without a conversation, and joins identifiers like anybody named', async () => {
  await acme.tell(fromAna('1', { from: [anaLid] }));
  await acme.factsOf();
  await acme.tell(reaction('👍', null, [ana, anaLid]));
  expect(await acme.participantOf(ana.value)).toMatchObject({
    id: (await acme.participantOf(anaLid.value))?.['id'],
    status: 'linked',
    record_id: '93',
    conversations: 1,
  });
  expect(await acme.factsOf('message.reaction', 'record.activity')).toMatchObject([
    { data: { reason: 'linked' } },
    { type: 'message.reaction' },
    { data: { reason: 'changed', recordId: '93' } },
  ]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('a file that is fetched after its message is not counted again, and shows on the record', async () => {
  const file = { name: 'a.jpg', type: 'image/jpeg', blob: null, contentId: null, inline: false };
  const media = { key: 'meta:1', size: 9e15 };
  await acme.tell({ ...fromAna('1'), attachments: [{ ...file, media }] });
  await acme.factsOf();
  const fetched: DeliveryItem = {
    kind: 'media',
    key: 'meta:1',
    result: { blob: { key: 'acme/aa/file', size: 3 }, type: null },
  };
  const failed: DeliveryItem = {
    kind: 'media',
    key: 'meta:1',
    result: { failure: 'refused', detail: '401' },
  };
  expect(
    (await acme.tellAs([failed, fetched, failed], { origin: 'media' })).map(({ outcome }) => outcome),
  ).toEqual(['stored', 'stored', 'duplicate']);
  expect(await countsOf(database.db)).toEqual({ accepted: 1, stored: 1 });
  expect(await acme.rows(sql`select origin from delivery order by stream_seq`)).toEqual([
    { origin: 'webhook' },
    { origin: 'media' },
  ]);
  expect(await acme.factsOf('record.activity')).toMatchObject([
    { data: { recordId: '93', reason: 'changed' } },
  ]);
  expect(await acme.rows(sql`select blob_key, media_key, size from attachment`)).toEqual([
    { blob_key: null, media_key: 'meta:1', size: 2 ** 31 - 1 },
  ]);
});

test('a message that held nothing and gets its text or file shows on its record', async () => {
  await acme.tell({ ...fromAna('1'), text: '' });
  await acme.factsOf();
  await acme.tell({ ...fromAna('1'), text: 'Look!' });
  expect(await acme.factsOf('message.recorded', 'record.activity')).toMatchObject([
    { data: { recordId: '93', reason: 'changed', messageId: (await acme.shown())?.id } },
  ]);
  await acme.tell({ ...fromAna('1'), text: '' }, { ...fromAna('1'), text: 'Look!' });
  expect(await acme.factsOf('record.activity')).toEqual([]);
});

test('what another workspace is told of the same ids changes nothing here', async () => {
  const file = { name: 'a.jpg', type: 'image/jpeg', blob: null, contentId: null, inline: false };
  const message = { ...fromAna('1'), attachments: [{ ...file, media: { key: 'meta:1', size: null } }] };
  await acme.tell(message, status('sent'));
  const before = await stateOf(database.db);
  await acme.factsOf();
  const told: DeliveryItem[] = [
    message,
    status('read'),
    edit('e1', 'Edited'),
    deletion,
    reaction('👍'),
    { kind: 'media', key: 'meta:1', result: { failure: 'refused', detail: '' } },
    {
      kind: 'relation',
      relation: 'contact',
      person: { identifiers: [ana], displayName: 'A', own: true },
      at: null,
    },
  ];
  for (const item of told) {
    const delivery = arrived([item], { channel: 'whatsapp', accountId: 'sales', workspace: 'other' });
    await database.db.write('other', (tx) => applyBatch(tx, [delivery], minute(9)));
  }
  expect(await stateOf(database.db)).toEqual(before);
  const facts = await acme.rows(sql`delete from outbox returning workspace_id`);
  expect(new Set(facts.map((fact) => JSON.stringify(fact)))).toEqual(new Set(['{"workspace_id":"other"}']));
});

test('a batch costs the same number of statements however much it tells', async () => {
  const statementsFor = async (count: number, workspace: string): Promise<number> => {
    const items = Array.from({ length: count }, (_, index): DeliveryItem[] => {
      const target = { messageId: externalIdOf(`s${index}`), at: null };
      const person = {
        identifiers: [{ kind: 'phone' as const, value: `+44770090${1000 + index}` }],
        displayName: null,
      };
      return [
        fromAna(`s${index}`),
        { kind: 'status', ...target, status: 'read', recipient: null, detail: null },
        { kind: 'edit', ...target, editId: 'e1', text: 'new' },
        { kind: 'deletion', ...target },
        { kind: 'reaction', ...target, person, emoji: '👍' },
        { kind: 'relation', relation: 'contact', person: { ...person, own: true }, at: null },
        { kind: 'media', key: `meta:${index}`, result: { failure: 'refused', detail: '' } },
      ];
    }).flat();
    let statements = 0;
    for (const half of [items.filter((_, index) => index % 2 === 0), items]) {
      statements += await database.db.write(workspace, async (tx) => {
        const counted = counting(tx);
        await applyBatch(counted.tx, [arrived(half, { channel: 'whatsapp', workspace })], minute(9));
        return counted.count();
      });
    }
    return statements;
  };
  expect(await statementsFor(200, 'many')).toBe(await statementsFor(4, 'few'));
});
