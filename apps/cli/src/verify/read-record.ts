/*
 * Reads everything behind a record page by page, as a frontend does, and checks what no statement can see: that pages
 * show each conversation and message once, that every message shown belongs to a conversation shown, that each of
 * these shows a participant linked to the record (Invariant 1), and that counts and pages agree.
 *
 * What arrives meanwhile can make two answers differ; that is worth a second run before anybody worries.
 */
import type { Channel, Conversation, KithClient, Record as KithRecord } from '@kith/client';

/** What is behind a record, per channel, and what its pages show that cannot be. */
export interface RecordReport {
  record: KithRecord;
  conversations: Partial<Record<Channel, number>>;
  messages: Partial<Record<Channel, number>>;
  violations: string[];
}

const pageSize = 100;

/** Reads a record with everything behind it. */
export async function readRecord(kith: KithClient, recordId: string): Promise<RecordReport> {
  const record = await kith.read.records.get.query({ recordId });
  const report: RecordReport = { record, conversations: {}, messages: {}, violations: [] };
  const known = new Map<string, number>();
  for await (const conversation of pagesOf((page) =>
    kith.read.records.conversations.query({ recordId, ...page }),
  )) {
    if (known.has(conversation.id)) report.violations.push(`conversation ${conversation.id} is listed twice`);
    known.set(conversation.id, 0);
    count(report.conversations, conversation.channel);
    if (!(await hasLinkedParticipant(kith, conversation, recordId))) {
      report.violations.push(`conversation ${conversation.id} has no participant linked to the record`);
    }
  }
  const seen = new Set<string>();
  for await (const message of pagesOf((page) => kith.read.records.timeline.query({ recordId, ...page }))) {
    if (seen.has(message.id)) report.violations.push(`message ${message.id} is shown twice`);
    seen.add(message.id);
    count(report.messages, message.channel);
    const before = known.get(message.conversationId);
    if (before === undefined) {
      report.violations.push(
        `message ${message.id} is shown, and its conversation ${message.conversationId} is not the record's`,
      );
    } else known.set(message.conversationId, before + 1);
  }
  report.violations.push(...compareCounts(report));
  return report;
}

function compareCounts({ record, conversations }: RecordReport): string[] {
  return Object.entries(record.conversationCount).flatMap(([channel, told]) => {
    const listed = new Map(Object.entries(conversations)).get(channel) ?? 0;
    return told === listed ? [] : [`${channel}: ${told} conversations are counted and ${listed} are listed`];
  });
}

/** A conversation shows at most fifty of its participants: whether one of the others is linked cannot be told. */
async function hasLinkedParticipant(
  kith: KithClient,
  conversation: Conversation,
  recordId: string,
): Promise<boolean> {
  const isLinked = ({ participants }: Conversation): boolean =>
    participants.some((participant) => participant.recordId === recordId && participant.status === 'linked');
  if (isLinked(conversation) || conversation.participantCount > conversation.participants.length) return true;
  return isLinked(await kith.read.conversations.get.query({ conversationId: conversation.id }));
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

async function* pagesOf<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): AsyncGenerator<T, void> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: pageSize, ...(cursor === null ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function count(counts: Partial<Record<Channel, number>>, channel: Channel): void {
  counts[channel] = (counts[channel] ?? 0) + 1;
}
