/*
 * Finds or makes the participants that a batch names, in three statements whatever the number of people.
 *
 * Their ids follow from their identifiers. A display name that its bearer gave wins over one that others gave, then
 * the newest wins: the result is the same in every order.
 */
import type { Channel, Identifier } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { idOf } from '../ids.ts';
import { identifierKey, type MessageCopy } from './items.ts';

/** Who is who in a batch. */
export interface BatchParticipants {
  /** The participant's id, by `identifierKey`. */
  ids: ReadonlyMap<string, string>;
  created: { id: string; channel: Channel }[];
}

interface Candidate {
  id: string;
  channel: Channel;
  kind: Identifier['kind'];
  value: string;
  display_name: string | null;
  named_by_self: boolean;
  named_at: string | null;
}

/** Upserts everybody named by the copies. */
export async function upsertParticipants(tx: Tx, copies: readonly MessageCopy[]): Promise<BatchParticipants> {
  const candidates = collect(tx.workspace, copies);
  const ids = await findExisting(tx, candidates);
  const missing = candidates.filter((found) => !ids.has(keyOf(found)));
  await insertMissing(tx, missing);
  for (const candidate of missing) ids.set(keyOf(candidate), candidate.id);
  await updateNames(tx, candidates, ids);
  return { ids, created: missing.map(({ id, channel }) => ({ id, channel })) };
}

function collect(workspace: string, copies: readonly MessageCopy[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const { item, arrived, sentAt } of copies) {
    const { channel } = arrived.delivery;
    for (const { identifiers, displayName, role } of item.participants) {
      const [identifier] = identifiers;
      if (identifier === undefined) continue;
      const key = identifierKey(channel, identifier);
      const named = displayName !== null && displayName !== '';
      const candidate = {
        id: idOf(workspace, 'participant', channel, identifier.kind, identifier.value),
        channel,
        ...identifier,
        display_name: named ? displayName : null,
        named_by_self: named && role === 'from',
        named_at: named ? sentAt : null,
      };
      const known = best.get(key);
      if (known === undefined || rank(candidate) > rank(known)) best.set(key, candidate);
    }
  }
  return [...best.values()];
}

/** Orders names: given by oneself, then newest, then by the name itself so that ties end the same everywhere. */
function rank(candidate: Candidate): string {
  if (candidate.display_name === null) return '';
  return `${candidate.named_by_self ? 1 : 0} ${candidate.named_at ?? ''} ${candidate.display_name}`;
}

const keyOf = (row: Identifier & { channel: string }): string => identifierKey(row.channel, row);

async function findExisting(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, string>> {
  const rows = await tx.rows<Identifier & { channel: string; id: string }>(sql`
    select pi.channel, pi.kind, pi.value, pi.participant_id as id
    from ${rowSet(candidates.map(keyColumns), 'channel text, kind text, value text')}
    join participant_identifier pi on pi.workspace_id = ${tx.workspace}
      and pi.kind = input.kind and pi.value = input.value and pi.channel = input.channel`);
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

const keyColumns = ({ channel, kind, value }: Candidate) => ({ channel, kind, value });

async function insertMissing(tx: Tx, missing: readonly Candidate[]): Promise<void> {
  if (missing.length === 0) return;
  await tx.rows(sql`
    with input as (
      select * from ${rowSet(missing, 'id uuid, channel text, kind text, value text')}),
    made as (
      insert into participant (workspace_id, id, channel, identifier, status)
      select ${tx.workspace}, id, channel, value, 'unlinked' from input)
    insert into participant_identifier (workspace_id, kind, value, channel, participant_id)
    select ${tx.workspace}, kind, value, channel, id from input`);
}

async function updateNames(
  tx: Tx,
  candidates: readonly Candidate[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = candidates
    .filter((candidate) => candidate.display_name !== null)
    .map((candidate) => ({ ...candidate, id: ids.get(keyOf(candidate)) }));
  if (rows.length === 0) return;
  // "C" compares names byte by byte, as `rank` does, whatever the database's own collation.
  await tx.rows(sql`
    update participant p
    set display_name = input.display_name, named_by_self = input.named_by_self, named_at = input.named_at
    from ${rowSet(rows, 'id uuid, display_name text, named_by_self boolean, named_at timestamptz')}
    where p.workspace_id = ${tx.workspace} and p.id = input.id
      and (p.display_name is null
        or (p.named_by_self, p.named_at, p.display_name collate "C")
          < (input.named_by_self, input.named_at, input.display_name collate "C"))`);
}
