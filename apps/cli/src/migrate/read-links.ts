/*
 * The old participants and the rows of the link table, page by page in the order of their keys, for the plan. Each page
 * is a snapshot of its own.
 */
import type { ConversationLink, LinkedParticipant, LinkPlan } from './link-plan.ts';
import { readParticipant } from './old-rows.ts';
import type { OldReader, OldSystem } from './old-system.ts';

const pageSize = 1000;

/** Adds everything to the plan: the participants, then the links of conversations. */
export async function addToPlan(plan: LinkPlan, old: OldSystem): Promise<void> {
  for await (const linked of pages(old, readParticipants)) {
    plan.addParticipant({ participant: linked.participant, record: linked.record });
  }
  if (!(await old.read((at) => Promise.resolve(at.has('links'))))) return;
  for await (const link of pages(old, readConversationLinks)) plan.addConversationLink(link);
}

async function* pages<T extends { id: string }>(
  old: OldSystem,
  readPage: (at: OldReader, old: OldSystem, after: string | null) => Promise<T[]>,
): AsyncGenerator<T, void> {
  for (let after: string | null = null; ;) {
    const page: T[] = await old.read((at) => readPage(at, old, after));
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? null;
  }
}

interface ParticipantRow {
  id: string;
  recordId: string | null;
  raw: unknown;
  recordFound: string | null;
  data: unknown;
}

async function readParticipants(
  at: OldReader,
  old: OldSystem,
  after: string | null,
): Promise<(LinkedParticipant & { id: string })[]> {
  const key = at.column('p', 'participants.id');
  const rows = await at.rows<ParticipantRow>(
    `select ${participantColumns(at)} from ${at.table('participants')} p ${recordJoin(at, 'participants.record', 'p')}
      where ($1::text is null or ${key} > $1::text::${at.type('participants.id')})
      order by ${key} limit ${pageSize}`,
    [after],
  );
  return rows.map((row) => ({ id: row.id, ...linkedOf(old, row) }));
}

function linkedOf({ mapping }: OldSystem, row: ParticipantRow): LinkedParticipant {
  const { recordFound, data } = row;
  return {
    participant: readParticipant(mapping, row),
    record: recordFound === null ? null : { id: recordFound, data },
  };
}

const participantColumns = (at: OldReader): string => `
  ${at.column('p', 'participants.id')}::text as id, ${at.column('p', 'participants.record')}::text as "recordId",
  to_jsonb(p) as raw, ${at.column('r', 'records.id')}::text as "recordFound", ${at.column('r', 'records.data')} as data`;

const recordJoin = (at: OldReader, path: string, alias: string): string =>
  `left join ${at.table('records')} r on ${at.column('r', 'records.id')} = ${at.column(alias, path)}`;

interface LinkRow {
  id: string;
  recordId: string | null;
  conversationId: string | null;
  recordFound: boolean;
  data: unknown;
  hasConversation: boolean;
}

async function readConversationLinks(
  at: OldReader,
  old: OldSystem,
  after: string | null,
): Promise<ConversationLink[]> {
  const key = at.column('l', 'links.id');
  const rows = await at.rows<LinkRow>(
    `select ${key}::text as id, ${at.column('l', 'links.record')}::text as "recordId",
        ${at.column('l', 'links.conversation')}::text as "conversationId",
        ${at.column('r', 'records.id')} is not null as "recordFound", ${at.column('r', 'records.data')} as data,
        ${at.column('c', 'conversations.id')} is not null as "hasConversation"
      from ${at.table('links')} l ${recordJoin(at, 'links.record', 'l')}
      left join ${at.table('conversations')} c
        on ${at.column('c', 'conversations.id')} = ${at.column('l', 'links.conversation')}
      where ($1::text is null or ${key} > $1::text::${at.type('links.id')})
      order by ${key} limit ${pageSize}`,
    [after],
  );
  const members = await readMembers(at, old, [
    ...new Set(rows.flatMap(({ conversationId }) => conversationId ?? [])),
  ]);
  return rows.map(({ id, recordId, conversationId, recordFound, data, hasConversation }) => ({
    id,
    recordId: recordId ?? '',
    conversationId: conversationId ?? '',
    record: recordFound ? { data } : null,
    hasConversation,
    members: members.get(conversationId ?? '') ?? [],
  }));
}

async function readMembers(
  at: OldReader,
  old: OldSystem,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, LinkedParticipant[]>> {
  const conversation = at.column('cp', 'members.conversation');
  const rows = await at.rows<ParticipantRow & { conversationId: string }>(
    `select distinct on (${conversation}, ${at.column('p', 'participants.id')})
        ${conversation}::text as "conversationId", ${participantColumns(at)}
      from ${at.table('members')} cp
      join ${at.table('participants')} p
        on ${at.column('p', 'participants.id')} = ${at.column('cp', 'members.participant')}
      ${recordJoin(at, 'participants.record', 'p')}
      where ${conversation} = any($1::text[]::${at.type('members.conversation')}[])
      order by ${conversation}, ${at.column('p', 'participants.id')}`,
    [conversationIds],
  );
  const members = new Map<string, LinkedParticipant[]>();
  for (const row of rows) {
    const others = members.get(row.conversationId) ?? [];
    members.set(row.conversationId, [...others, linkedOf(old, row)]);
  }
  return members;
}
