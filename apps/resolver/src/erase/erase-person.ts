/*
 * Erases a person: what they wrote, what was written to nobody else, their direct chats; and from everything else they
 * are taken out. What they were known by is remembered as keyed hashes, so that it does not come back.
 *
 * First it is remembered, so that from then on nothing new of them is taken in; then their messages go, in chunks; the
 * participants go last, so that a call that was cut short is simply repeated. Others stay, whatever is left of them.
 */
import type { Channel } from '@kith/contracts';
import { type Database, type Tx, uuidArray } from '@kith/database';
import type { KeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';
import { addWalk } from '../blobs/garbage.ts';
import { addCounts, beginRemoval, type Counts, type Removal } from '../clear/removal.ts';
import { removeMessages } from '../clear/remove-messages.ts';
import { type Named, rememberErased } from './erased-names.ts';
import { findPerson, type Person, type PersonInput } from './find-person.ts';
import { takeOut } from './take-out.ts';

/** Who erases, by which clock and hash, and for how long a call goes on. */
export interface EraseOptions {
  hash: KeyedHash;
  actor: string;
  now(): Date;
  workMs: number;
  onChunk?(): void;
}

/** How many rows of each table went, and whether there is nothing left to do. */
export interface Erased {
  erased: Record<string, number>;
  done: boolean;
}

const messagesMax = 1_000;

/** Erases until it is done or the time is up. */
export async function erasePerson(
  db: Database,
  { workspace, person }: { workspace: string; person: PersonInput },
  options: EraseOptions,
): Promise<Erased> {
  const counts: Counts = new Map();
  const began = performance.now();
  for (let isFirst = true; ; isFirst = false) {
    const { done, removed } = await db.write(workspace, async (tx) => {
      const at = options.now().toISOString();
      const found = await findPerson(tx, person);
      if (isFirst) await remember(tx, found, { ...options, at });
      const removal = beginRemoval(tx, at);
      return { done: await eraseChunk(removal, found, options), removed: removal.counts };
    });
    addCounts(counts, removed);
    options.onChunk?.();
    if (done || performance.now() - began > options.workMs) return { erased: inOrder(counts), done };
  }
}

/** What erasing would remove: it is done in one transaction, and undone. */
export async function previewErasure(
  db: Database,
  { workspace, person }: { workspace: string; person: PersonInput },
  options: EraseOptions,
): Promise<Erased> {
  const undone = new Undone();
  try {
    await db.write(workspace, async (tx) => {
      const removal = beginRemoval(tx, options.now().toISOString());
      const found = await findPerson(tx, person);
      while (!(await eraseChunk(removal, found, options)));
      undone.counts = removal.counts;
      throw undone;
    });
  } catch (err) {
    if (err !== undone) throw err;
  }
  return { erased: inOrder(undone.counts), done: true };
}

/** Thrown to roll back. */
class Undone extends Error {
  override readonly name = 'Undone';
  counts: Counts = new Map();
}

const inOrder = (counts: Counts): Record<string, number> =>
  Object.fromEntries([...counts].filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));

async function remember(tx: Tx, person: Person, options: EraseOptions & { at: string }): Promise<void> {
  const chats = await tx.rows<{ channel: Channel; key: string }>(sql`
    select k.channel, k.key from conversation_key k
    where k.workspace_id = ${tx.workspace} and k.conversation_id in (${directChats(tx, person)})`);
  const names: Named[] = [
    ...person.identifiers.map((identifier) => ({ what: 'identifier' as const, identifier })),
    ...chats.map(({ channel, key }) => ({ what: 'chat' as const, channel, key })),
  ];
  await rememberErased(tx, names, options);
  await addWalk({ tx, at: options.at });
}

/** Answers whether it was the last. */
async function eraseChunk(removal: Removal, person: Person, options: EraseOptions): Promise<boolean> {
  const { tx, at } = removal;
  const messageIds = await nextMessages(tx, person);
  if (messageIds.length > 0) {
    await rememberErased(tx, await namesOf(tx, messageIds), { ...options, at });
    await removeMessages(removal, messageIds, { isWhole: false });
    return false;
  }
  await takeOut(removal, person);
  return true;
}

const directChats = (tx: Tx, { participantIds }: Person) => sql`
  select c.id from conversation_participant cp
  join conversation c on c.workspace_id = cp.workspace_id and c.id = cp.conversation_id and c.kind = 'direct'
  where cp.workspace_id = ${tx.workspace} and cp.participant_id = any(${uuidArray(participantIds)})`;

/** Messages of their direct chats, those they wrote, and those that went to nobody else besides the company. */
async function nextMessages(tx: Tx, person: Person): Promise<string[]> {
  const { participantIds } = person;
  const ids = uuidArray(participantIds);
  const rows = await tx.rows<{ id: string }>(sql`
    with theirs as materialized (
      select mp.message_id, mp.role from participant_identifier i
      join message_participant mp on mp.workspace_id = i.workspace_id and mp.identifier_id = i.id
      where i.workspace_id = ${tx.workspace} and i.participant_id = any(${ids}))
    select m.id from message m
    where m.workspace_id = ${tx.workspace} and m.conversation_id in (${directChats(tx, person)})
    union
    select message_id from theirs where role = 'from' or not exists (
      select 1 from message_participant mp
      join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
      join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id
      where mp.workspace_id = ${tx.workspace} and mp.message_id = theirs.message_id
        and p.id <> all(${ids}) and p.status <> 'internal')
    limit ${messagesMax}`);
  return rows.map(({ id }) => id);
}

/** The messages, and the files that only they have. */
async function namesOf(tx: Tx, messageIds: readonly string[]): Promise<Named[]> {
  const files = await tx.rows<{ channel: Channel; key: string }>(sql`
    select distinct m.channel, a.media_key as key from attachment a
    join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
    where a.workspace_id = ${tx.workspace} and a.message_id = any(${uuidArray(messageIds)})
      and a.media_key is not null and not exists (
        select 1 from attachment other
        join message o on o.workspace_id = other.workspace_id and o.id = other.message_id and o.channel = m.channel
        where other.workspace_id = a.workspace_id and other.media_key = a.media_key
          and other.message_id <> all(${uuidArray(messageIds)}))`);
  return [
    ...messageIds.map((messageId) => ({ what: 'message' as const, messageId })),
    ...files.map((file) => ({ what: 'file' as const, ...file })),
  ];
}
