import { type Identifier, KithError } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { readIdentifier } from '@kith/identity';
import { sql } from 'drizzle-orm';
import { findParticipants } from '../decisions/find.ts';
import { companyAmong } from './company.ts';

/** Whom a caller means: a participant, everybody who is a record, or whoever has an identifier. */
export type PersonInput = { participantId: string } | { recordId: string } | { identifier: Identifier };

/** A person: live participants, and all that they are known by. */
export interface Person {
  participantIds: string[];
  identifiers: Identifier[];
}

/** Finds the person; the company itself is refused. An identifier that nobody has is a person without participants. */
export async function findPerson(tx: Tx, input: PersonInput): Promise<Person> {
  const told = await toldOf(tx, input);
  const ids = await withHolders(tx, told);
  const known = await tx.rows<Identifier>(sql`
    select distinct kind, value from participant_identifier
    where workspace_id = ${tx.workspace} and participant_id = any(${uuidArray(ids)})`);
  const identifiers = unique([...told.identifiers, ...known]);
  await requireOthers(tx, input, { participantIds: ids, identifiers });
  return { participantIds: ids, identifiers };
}

async function toldOf(tx: Tx, input: PersonInput): Promise<Person> {
  if ('participantId' in input) {
    return { participantIds: await findParticipants(tx, [input.participantId]), identifiers: [] };
  }
  if ('identifier' in input) return { participantIds: [], identifiers: [normalised(input.identifier)] };
  const { recordId } = input;
  const [record] = await tx.rows(sql`select 1 from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (record === undefined) {
    throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
  }
  const participants = await tx.rows<{ id: string }>(sql`
    select id from participant where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  const identifiers = await tx.rows<Identifier>(sql`
    select distinct kind, value from record_identifier
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  return { participantIds: participants.map(({ id }) => id), identifiers };
}

/** As people type it: `Ana@Lima.example`, `+55 11 98765-4321`. */
function normalised({ kind, value }: Identifier): Identifier {
  const read = readIdentifier(value);
  return { kind, value: read.ok && read.kind === kind ? read.key : value };
}

/** Also whoever has one of the identifiers, and is not linked. */
async function withHolders(tx: Tx, { participantIds, identifiers }: Person): Promise<string[]> {
  const holders = await tx.rows<{ id: string }>(sql`
    select distinct i.participant_id as id from ${rowSet(identifiers, 'kind text, value text')}
    join participant_identifier i
      on i.workspace_id = ${tx.workspace} and i.kind = input.kind and i.value = input.value`);
  return [...new Set([...participantIds, ...holders.map(({ id }) => id)])];
}

const unique = (identifiers: readonly Identifier[]): Identifier[] => [
  ...new Map(identifiers.map((one) => [`${one.kind} ${one.value}`, one])).values(),
];

async function requireOthers(tx: Tx, input: PersonInput, person: Person): Promise<void> {
  if ((await companyAmong(tx, person.identifiers)).size === 0) return;
  const [field = 'identifier'] = Object.keys(input);
  throw new KithError('participant_internal', 'this is the company itself, which cannot be erased', {
    field,
  });
}
