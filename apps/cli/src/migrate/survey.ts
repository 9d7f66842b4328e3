/*
 * What the old tables hold, counted by the old database itself, and what is not in order with its messages and links.
 * One snapshot, so that the numbers fit together.
 */
import type { FindingCode, Findings } from './findings.ts';
import { outboundDirections } from './old-rows.ts';
import type { OldReader, OldSystem } from './old-system.ts';
import { conversationColumns, conversationJoin, isBefore } from './read-messages.ts';

/** Counts of the old system. */
export interface Survey {
  records: number;
  participants: number;
  conversations: number;
  messages: number;
  links: number;
  /** Messages by channel type as the old system writes it; those without a conversation under the empty one. */
  messagesByType: { type: string; count: number }[];
  conversationsByType: { type: string; count: number }[];
  /** Messages that were written too late for this run. */
  later: number;
  /** Participants who wrote outbound messages. */
  writers: Set<string>;
}

/** Counts, and adds to the findings. */
export function readSurvey(old: OldSystem, findings: Findings, before: string | null): Promise<Survey> {
  return old.read(async (at) => {
    const survey = await countTables(at, before);
    await findBroken(at, old, { findings, before });
    await findTwice(at, findings, before);
    await findWithoutSender(at, findings, before);
    return survey;
  });
}

async function countTables(at: OldReader, before: string | null): Promise<Survey> {
  const count = async (from: string): Promise<number> =>
    (await at.rows<{ count: number }>(`select count(*) as count from ${from}`))[0]?.count ?? 0;
  const typed = `coalesce("channelType", '') as type, count(*) as count`;
  const messagesByType = await at.rows<{ type: string; count: number }>(
    `select ${typed} from (select ${conversationColumns(at)} from ${at.table('messages')} m ${conversationJoin(at)}
      where ${isBefore(at, 1)}) m group by 1 order by 1`,
    [before],
  );
  const messages = await count(at.table('messages'));
  const counted = messagesByType.reduce((sum, each) => sum + each.count, 0);
  return {
    records: await count(at.table('records')),
    participants: await count(at.table('participants')),
    conversations: await count(at.table('conversations')),
    messages,
    links: at.has('links') ? await count(at.table('links')) : 0,
    messagesByType,
    conversationsByType: await conversationsByType(at),
    later: messages - counted,
    writers: await findWriters(at),
  };
}

function conversationsByType(at: OldReader): Promise<{ type: string; count: number }[]> {
  const channel = at.column('c', 'conversations.channel');
  const [join, type] = at.has('channels')
    ? [
        `left join ${at.table('channels')} ch on ${at.column('ch', 'channels.id')} = ${channel}`,
        at.column('ch', 'channels.type'),
      ]
    : ['', channel];
  return at.rows(`select coalesce(${type}::text, '') as type, count(*) as count
    from ${at.table('conversations')} c ${join} group by 1 order by 1`);
}

async function findWriters(at: OldReader): Promise<Set<string>> {
  const sender = at.column('m', 'messages.sender');
  const rows = await at.rows<{ id: string }>(
    `select distinct ${sender}::text as id from ${at.table('messages')} m
      where ${sender} is not null and lower(trim(${at.column('m', 'messages.direction')}::text)) = any($1)`,
    [outboundDirections],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Messages that cannot be placed. */
async function findBroken(
  at: OldReader,
  { mapping }: OldSystem,
  { findings, before }: { findings: Findings; before: string | null },
): Promise<void> {
  const from = `(select ${at.column('m', 'messages.id')}::text as id, ${conversationColumns(at)}
    from ${at.table('messages')} m ${conversationJoin(at)} where ${isBefore(at, 1)}) m`;
  await addGroups(at, findings, 'message_without_conversation', {
    select: `select id as example, 1 as extra from ${from} where "conversationId" is null`,
    values: [before],
    name: 'message',
  });
  await addGroups(at, findings, 'message_on_unknown_channel', {
    select: `select id as example, 1 as extra from ${from}
      where "conversationId" is not null and not coalesce(lower(trim("channelType")) = any($2), false)`,
    values: [before, Object.keys(mapping.channelTypes)],
    name: 'message',
  });
}

const examplesMax = 5;

/** Rows that repeat others: how many there are beyond the first of each. */
async function findTwice(at: OldReader, findings: Findings, before: string | null): Promise<void> {
  const externalId = at.column('m', 'messages.externalId');
  if (externalId !== 'null') {
    await addGroups(at, findings, 'message_twice', {
      select: `select min(id) as example, count(*) - 1 as extra from (
          select ${at.column('m', 'messages.id')}::text as id, ${externalId}::text as "externalId",
            ${conversationColumns(at)}
          from ${at.table('messages')} m ${conversationJoin(at)} where ${isBefore(at, 1)}) m
        where "externalId" <> '' and "conversationId" is not null
        group by "externalId", "channelType" having count(*) > 1`,
      values: [before],
      name: 'message',
    });
  }
  if (!at.has('links')) return;
  await addGroups(at, findings, 'link_twice', {
    select: `select min(${at.column('l', 'links.id')}::text) as example, count(*) - 1 as extra
      from ${at.table('links')} l
      group by ${at.column('l', 'links.record')}, ${at.column('l', 'links.conversation')} having count(*) > 1`,
    values: [],
    name: 'link',
  });
}

async function findWithoutSender(at: OldReader, findings: Findings, before: string | null): Promise<void> {
  const sender = at.column('m', 'messages.sender');
  await addGroups(at, findings, 'message_without_sender', {
    select: `select ${at.column('m', 'messages.id')}::text as example, 1 as extra from ${at.table('messages')} m
      left join ${at.table('participants')} p on ${at.column('p', 'participants.id')} = ${sender}
      where ${at.column('p', 'participants.id')} is null and ${isBefore(at, 1)}
        and not coalesce(lower(trim(${at.column('m', 'messages.direction')}::text)) = any($2), false)`,
    values: [before, outboundDirections],
    name: 'message',
  });
}

async function addGroups(
  at: OldReader,
  findings: Findings,
  code: FindingCode,
  found: { select: string; values: readonly unknown[]; name: string },
): Promise<void> {
  const [sum] = await at.rows<{ extra: number; examples: string[] | null }>(
    `select coalesce(sum(extra), 0)::int8 as extra, (array_agg(example order by example))[1:${examplesMax}] as examples
      from (${found.select}) found`,
    found.values,
  );
  let left = sum?.extra ?? 0;
  for (const example of sum?.examples ?? []) {
    const isLast = example === sum?.examples?.at(-1);
    const count = isLast ? left : 1;
    findings.add(code, `${found.name} ${example}`, count);
    left -= count;
  }
}
