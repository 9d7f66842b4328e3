/*
 * The old messages page by page in the order of their keys, each page with its conversations' members: what is held
 * at once is one page, however many there are. Each page is a snapshot of its own.
 */
import type { OldMessage, OldParticipant } from './old-rows.ts';
import { type MessageRow, readMessage, readParticipant } from './old-rows.ts';
import type { OldReader, OldSystem } from './old-system.ts';

/** Somebody in a conversation. */
export interface OldMember {
  participant: OldParticipant;
  role: string | null;
}

/** Some messages, with everybody they may name. */
export interface MessagePage {
  messages: OldMessage[];
  /** Members by conversation id. */
  members: ReadonlyMap<string, readonly OldMember[]>;
  /** Participants by id: every member and every sender. */
  participants: ReadonlyMap<string, OldParticipant>;
}

/** Pages are also the batches that are published. */
const pageSize = 250;

/** Reads all messages that were written before a time, or all. */
export async function* readMessagePages(
  old: OldSystem,
  before: string | null,
): AsyncGenerator<MessagePage, void> {
  for (let after: string | null = null; ;) {
    const page: MessagePage = await old.read((at) => readPage(at, old, { after, before }));
    if (page.messages.length > 0) yield page;
    if (page.messages.length < pageSize) return;
    after = page.messages.at(-1)?.id ?? null;
  }
}

/** The condition that a row of `messages m` was written before a time, which is the parameter of this number. */
export const isBefore = (at: OldReader, parameter: number): string =>
  `($${parameter}::timestamptz is null or ${at.column('m', 'messages.createdAt')} < $${parameter}::timestamptz)`;

async function readPage(
  at: OldReader,
  old: OldSystem,
  range: { after: string | null; before: string | null },
): Promise<MessagePage> {
  const key = at.column('m', 'messages.id');
  const rows = await at.rows<MessageRow>(
    `select ${key}::text as id, ${at.column('m', 'messages.sender')}::text as "senderId", to_jsonb(m) as raw,
        ${conversationColumns(at)}
      from ${at.table('messages')} m ${conversationJoin(at)}
      where ($1::text is null or ${key} > $1::text::${at.type('messages.id')}) and ${isBefore(at, 2)}
      order by ${key} limit ${pageSize}`,
    [range.after, range.before],
  );
  const messages = rows.map((row) => readMessage(old.mapping, row));
  const memberships = await readMemberships(at, messages);
  const ids = [
    ...memberships.map(({ participantId }) => participantId),
    ...messages.flatMap(({ senderId }) => senderId ?? []),
  ];
  const participants = await readParticipants(at, old, [...new Set(ids)]);
  const members = new Map<string, OldMember[]>();
  for (const { conversationId, participantId, role } of memberships) {
    const participant = participants.get(participantId);
    if (participant === undefined) continue;
    const others = members.get(conversationId);
    if (others === undefined) members.set(conversationId, [{ participant, role }]);
    else others.push({ participant, role });
  }
  return { messages, members, participants };
}

/** What a message's conversation says, for `conversationJoin`. */
export function conversationColumns(at: OldReader): string {
  const channel = at.has('channels')
    ? at.column('ch', 'channels.type')
    : at.column('c', 'conversations.channel');
  return `${at.column('c', 'conversations.id')}::text as "conversationId",
    ${at.column('c', 'conversations.externalId')}::text as "threadId",
    ${at.column('c', 'conversations.subject')}::text as subject, ${channel}::text as "channelType"`;
}

/** Joins `messages m` to its conversation `c` and its channel `ch`. */
export function conversationJoin(at: OldReader): string {
  const channel = at.has('channels')
    ? `left join ${at.table('channels')} ch
        on ${at.column('ch', 'channels.id')} = ${at.column('c', 'conversations.channel')}`
    : '';
  return `left join ${at.table('conversations')} c
      on ${at.column('c', 'conversations.id')} = ${at.column('m', 'messages.conversation')} ${channel}`;
}

interface Membership {
  conversationId: string;
  participantId: string;
  role: string | null;
}

function readMemberships(at: OldReader, messages: readonly OldMessage[]): Promise<Membership[]> {
  const ids = new Set(messages.flatMap(({ conversation }) => conversation?.id ?? []));
  const conversation = at.column('cp', 'members.conversation');
  return at.rows<Membership>(
    `select ${conversation}::text as "conversationId", ${at.column('cp', 'members.participant')}::text
        as "participantId", ${at.column('cp', 'members.role')}::text as role
      from ${at.table('members')} cp
      where ${conversation} = any($1::text[]::${at.type('members.conversation')}[])
      order by ${at.column('cp', 'members.participant')}`,
    [[...ids]],
  );
}

async function readParticipants(
  at: OldReader,
  { mapping }: OldSystem,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OldParticipant>> {
  const key = at.column('p', 'participants.id');
  const rows = await at.rows<{ id: string; recordId: string | null; raw: unknown }>(
    `select ${key}::text as id, ${at.column('p', 'participants.record')}::text as "recordId", to_jsonb(p) as raw
      from ${at.table('participants')} p where ${key} = any($1::text[]::${at.type('participants.id')}[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, readParticipant(mapping, row)]));
}
