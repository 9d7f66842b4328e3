/*
 * What a channel tells of people besides messages: whom an account is connected to, who is in its address book, and
 * that several identifiers are one person. The people themselves are upserted with everybody else whom the batch names.
 */
import type { DeliveredRelation } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { compareInstants, type Saying } from './changes/keep-best.ts';
import { keepRows, type PlaceTable } from './changes/keep-rows.ts';
import { createComponents } from './components.ts';
import { identifierKey, isIdentifying, namedIdentifier } from './items.ts';
import type { Said } from './lay-out.ts';
import type { BatchParticipants } from './participants.ts';

/** A row of `participant_relation`. */
export interface RelationRow {
  identifier_id: string;
  account_id: string;
  relation: string;
  at: string;
}

/** The first time that it was told: since when it is known. */
export const relationTable: PlaceTable<RelationRow> = {
  table: 'participant_relation',
  place: { identifier_id: 'uuid', account_id: 'text', relation: 'text' },
  value: { at: 'timestamptz' },
  compare: (row, other) => compareInstants(other.at, row.at),
  isNews: () => false,
};

/** Keeps the relations, and answers those that told something new. */
export async function keepRelations(
  tx: Tx,
  relations: readonly Said<DeliveredRelation>[],
  { identities, before }: BatchParticipants,
): Promise<ReadonlySet<Said>> {
  const rows = await keepRows(
    tx,
    relationTable,
    relations.flatMap((said) => relationSayings(said, identities)),
  );
  return new Set([...rows, ...newlySame(relations, before)]);
}

function relationSayings(
  said: Said<DeliveredRelation>,
  identities: BatchParticipants['identities'],
): Saying<RelationRow>[] {
  const { relation, person } = said.item;
  const { channel, accountId } = said.arrived.delivery;
  const identifier = relation === 'same_person' ? undefined : namedIdentifier(channel, person);
  const identity = identifier === undefined ? undefined : identities.get(identifierKey(channel, identifier));
  if (identity === undefined) return [];
  return [
    { said, row: { identifier_id: identity.identifierId, account_id: accountId, relation, at: said.at } },
  ];
}

/** Those that name as one person what was not one before; `before` has the participant of each known identifier. */
export function newlySame(
  relations: readonly Said<DeliveredRelation>[],
  before: ReadonlyMap<string, string>,
): Said[] {
  const components = createComponents();
  const known = new Set(before.keys());
  // An identifier's key and a participant's id are told apart by the NUL in the one.
  for (const [key, participantId] of before) components.join([key, participantId]);
  return relations.filter(({ item: { relation, person }, arrived: { delivery } }) => {
    if (relation !== 'same_person') return false;
    const keys = person.identifiers
      .filter(({ kind }) => isIdentifying(delivery.channel, kind))
      .map((identifier) => identifierKey(delivery.channel, identifier));
    const isKnown = keys.every((key) => known.has(key));
    const isOne = new Set(keys.map((key) => components.root(key))).size < 2;
    for (const key of keys) known.add(key);
    components.join(keys);
    return !(isKnown && isOne);
  });
}
