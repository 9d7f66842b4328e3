/*
 * Finds, makes and merges the participants that a batch names: a fixed number of statements, whatever the number of
 * people. Those that merge run only where a delivery names as one what was two so far.
 *
 * What is stored is read, combined with what the batch says, and written back where it differs. One writer per
 * workspace makes that sound, and an identifier of which nothing new is said costs no write.
 */
import type { Channel } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { OwnIdentity } from '../accounts/learn-own.ts';
import { mergeParticipants, type ParticipantMerge, separatedAmong } from '../resolve/merge-participants.ts';
import type { NamedPerson } from './batch-people.ts';
import { combineFacts, type IdentifierFacts, isChange, isShownChange } from './identifier-facts.ts';
import { findIdentities, type Identity } from './identity-components.ts';
import { identifierKey } from './items.ts';
import { collectPeople, type NamedPeople } from './named-people.ts';
import { type Placed, placeIdentities, planMerges } from './place-identities.ts';
import { refreshParticipants } from '../resolve/refresh-participants.ts';
import { refreshParticipantSearch } from '../search/participant-words.ts';
import {
  insertClues,
  insertIdentifiers,
  type OwnedIdentifier,
  updateIdentifiers,
} from './write-identifiers.ts';

/** Who is who in a batch. */
export interface BatchParticipants {
  /** By `identifierKey`: the identifier's id, and the live participant that it belongs to. */
  identities: ReadonlyMap<string, { identifierId: string; participantId: string }>;
  created: readonly { id: string; channel: Channel }[];
  /** What became a participant's own that was there before, by its id: `<kind> <value>`. */
  gained: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whom a webhook names, and whom only history names. */
  byWebhook: ReadonlySet<string>;
  bySync: ReadonlySet<string>;
  /** The participant that each stored identifier belonged to before the batch, by `identifierKey`. */
  before: ReadonlyMap<string, string>;
  own: readonly OwnIdentity[];
}

/** A stored identifier. */
interface KnownIdentifier extends IdentifierFacts {
  participantId: string;
}

type Known = ReadonlyMap<string, KnownIdentifier>;

const nobody: BatchParticipants = {
  identities: new Map(),
  created: [],
  gained: new Map(),
  byWebhook: new Set(),
  bySync: new Set(),
  before: new Map(),
  own: [],
};

/** Upserts everybody named. */
export async function upsertParticipants(
  tx: Tx,
  named: readonly NamedPerson[],
  at: string,
): Promise<BatchParticipants> {
  const people = collectPeople(tx.workspace, named);
  if (people.identifiers.size === 0) return nobody;
  const known = await findKnown(tx, people);
  const before = new Map([...known].map(([key, { participantId }]) => [key, participantId]));
  const { identities, merges } = await planIdentities(tx, people, before);
  const gained = await mergeParticipants(tx, merges, at);
  const placed = placeIdentities(people.identifiers, identities, merges);
  const owned = ownedIdentifiers(people, placed);
  await writeIdentifiers(tx, { owned, known, placed, gained });
  for (const clue of await insertClues(tx, people.clues)) addGained(gained, clue);
  const webhook = owned.filter(({ key }) => people.identifiers.get(key)?.seenByWebhook);
  const byWebhook = new Set(webhook.map(({ participantId }) => participantId));
  return {
    identities: new Map(
      owned.map(({ key, id, participantId }) => [key, { identifierId: id, participantId }]),
    ),
    created: placed.created,
    gained,
    byWebhook,
    bySync: new Set(owned.map(({ participantId }) => participantId).filter((id) => !byWebhook.has(id))),
    before,
    own: people.own,
  };
}

async function findKnown(tx: Tx, { identifiers }: NamedPeople): Promise<Known> {
  const keys = [...identifiers.values()].map(({ channel, kind, value }) => ({ channel, kind, value }));
  const rows = await tx.rows<KnownIdentifier & (typeof keys)[number]>(sql`
    select pi.channel, pi.kind, pi.value, pi.participant_id as "participantId", pi.display_name as "displayName",
      pi.named_by_self as "namedBySelf", pi.named_at as "namedAt", pi.nature, pi.first_seen_at as "firstSeenAt",
      pi.seen_by_webhook as "seenByWebhook", pi.wrote_as_person as "wroteAsPerson"
    from ${rowSet(keys, 'channel text, kind text, value text')}
    join participant_identifier pi on pi.workspace_id = ${tx.workspace}
      and pi.kind = input.kind and pi.value = input.value and pi.channel = input.channel`);
  return new Map(rows.map((row) => [identifierKey(row.channel, row), row]));
}

/** The components, and the merges that they ask for. */
async function planIdentities(
  tx: Tx,
  people: NamedPeople,
  known: ReadonlyMap<string, string>,
): Promise<{ identities: Identity[]; merges: ParticipantMerge[] }> {
  const input = { keys: [...people.identifiers.keys()], groups: people.groups, known };
  const identities = findIdentities(input);
  const meeting = identities.flatMap(({ participantIds }) =>
    participantIds.length > 1 ? participantIds : [],
  );
  if (meeting.length === 0) return { identities, merges: [] };
  const createdAt = await readAges(tx, meeting);
  const apart = await separatedAmong(tx, meeting);
  const allowed = apart.length === 0 ? identities : findIdentities({ ...input, apart });
  return { identities: allowed, merges: planMerges(allowed, createdAt) };
}

async function readAges(tx: Tx, participantIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; createdAt: string }>(sql`
    select id, created_at as "createdAt" from participant
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(participantIds)})`);
  return new Map(rows.map(({ id, createdAt }) => [id, createdAt]));
}

function ownedIdentifiers(people: NamedPeople, { participantOf }: Placed): OwnedIdentifier[] {
  return [...people.identifiers.values()].map((named) => ({
    ...named,
    participantId: participantOf.get(named.key) ?? '',
  }));
}

/** Inserts what is new, updates what changed, and brings up to date what is shown of the participants. */
async function writeIdentifiers(
  tx: Tx,
  batch: {
    owned: readonly OwnedIdentifier[];
    known: Known;
    placed: Placed;
    gained: Map<string, Set<string>>;
  },
): Promise<void> {
  const { known, placed, gained } = batch;
  const fresh = batch.owned.filter(({ key }) => !known.has(key));
  const created = new Set(placed.created.map(({ id }) => id));
  const attached = fresh.filter(({ participantId }) => !created.has(participantId));
  const stale = new Set(attached.map(({ participantId }) => participantId));
  const changed: OwnedIdentifier[] = [];
  for (const named of batch.owned) {
    const before = known.get(named.key);
    if (before === undefined) continue;
    const after = combineFacts(before, named);
    if (isChange(before, after)) changed.push({ ...named, ...after });
    if (isShownChange(before, after)) stale.add(named.participantId);
  }
  await insertIdentifiers(tx, placed.created, fresh);
  await refreshParticipantSearch(tx, [...created]);
  await updateIdentifiers(tx, changed);
  await refreshParticipants(tx, [...stale]);
  for (const identifier of attached) addGained(gained, identifier);
}

function addGained(
  gained: Map<string, Set<string>>,
  { participantId, kind, value }: { participantId: string; kind: string; value: string },
): void {
  const own = gained.get(participantId) ?? new Set();
  gained.set(participantId, own.add(`${kind} ${value}`));
}
