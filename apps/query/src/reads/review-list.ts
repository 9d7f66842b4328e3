/*
 * Participants that wait for a person's word, most traffic first: those that several records claim, and where asked
 * for those without any record.
 *
 * What is contended lies in `participant_review_idx`, which holds nothing else; a page reads that range and keeps the
 * greatest. What was dismissed is left out. Evidence, titles and suggestions come with a fixed number of statements
 * for the whole page. Candidates are counted as they are kept, at most a hundred: an explanation counts them all.
 */
import type { Channel, Participant, ReviewItem } from '@kith/contracts';
import { type Rows, textArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type CountPosition, type Page, toPage } from '../cursor.ts';
import { toCandidates } from './candidates.ts';
import { readEvidence } from './evidence.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';
import { readSuggestions } from './suggestions.ts';
import { readTitles } from './titles.ts';

/** Why a participant is listed. */
export type ReviewReason = ReviewItem['reason'];

/** Which participants are listed. */
export interface ReviewFilter {
  workspace: string;
  reasons: readonly ReviewReason[];
  channel: Channel | undefined;
}

type ReviewRow = ParticipantRow & {
  messageCount: number;
  lastMessageAt: string | null;
  candidates: string[];
};

const candidatesShownMax = 10;

/** A page of the review list; the number of statements does not grow with it. */
export async function readReviewList(
  db: Rows,
  filter: ReviewFilter,
  options: { after: CountPosition | undefined; limit: number },
): Promise<Page<ReviewItem>> {
  const ranges = rangesOf(filter).map(
    (range) => sql`(
      select p.* from participant p
      where p.workspace_id = ${filter.workspace} and p.merged_into is null and not p.dismissed and ${range}
        and ${isOnChannel(filter.channel)} and ${isAfter(options.after)}
      order by p.message_count desc, p.id limit ${options.limit + 1})`,
  );
  const rows = await db.rows<ReviewRow>(sql`
    select ${participantColumns}, p.message_count as "messageCount", p.last_message_at as "lastMessageAt",
      p.candidates
    from (${sql.join(ranges, sql` union all `)}) p
    order by p.message_count desc, p.id limit ${options.limit + 1}`);
  const page = toPage(rows, options.limit, (row) => ({ at: row.messageCount, id: row.id }));
  return { ...page, items: await withCandidates(db, filter.workspace, page.items) };
}

async function withCandidates(
  db: Rows,
  workspace: string,
  rows: readonly ReviewRow[],
): Promise<ReviewItem[]> {
  const pairs = rows.flatMap((row) => shownOf(row).map((recordId) => ({ participantId: row.id, recordId })));
  const [evidence, titles, suggestions] = await Promise.all([
    readEvidence(db, workspace, pairs),
    readTitles(
      db,
      workspace,
      pairs.map(({ recordId }) => recordId),
    ),
    readSuggestions(
      db,
      workspace,
      rows.map(({ id }) => id),
    ),
  ]);
  return rows.map((row) => {
    const { messageCount, lastMessageAt, candidates: _, ...participant } = row;
    return {
      participant,
      reason: reasonOf(participant),
      messageCount,
      lastMessageAt,
      candidates: toCandidates(row.id, shownOf(row), { evidence, titles }),
      candidateCount: row.candidates.length,
      suggestions: suggestions.get(row.id) ?? [],
    };
  });
}

const shownOf = ({ candidates }: ReviewRow): string[] => candidates.slice(0, candidatesShownMax);

function reasonOf({ status, contested }: Participant): ReviewReason {
  if (contested) return 'contested';
  return status === 'ambiguous' ? 'ambiguous' : 'unlinked';
}

/** Each range is one index; lists and machines are nobody and wait for no word. */
function rangesOf({ reasons }: ReviewFilter): SQL[] {
  const contended = reasons.flatMap((reason) => contendedStatus[reason] ?? []);
  const ranges: SQL[] = [];
  if (contended.length > 0) {
    ranges.push(sql`cardinality(p.candidates) > 0 and p.status = any(${textArray(contended)})`);
  }
  if (reasons.includes('unlinked')) {
    ranges.push(sql`p.status = 'unlinked' and p.nature in ('person', 'role')`);
  }
  return ranges;
}

const contendedStatus: Readonly<Partial<Record<ReviewReason, string>>> = {
  ambiguous: 'ambiguous',
  contested: 'linked',
};

function isOnChannel(channel: Channel | undefined): SQL {
  return channel === undefined ? sql`true` : sql`p.channel = ${channel}`;
}

function isAfter(after: CountPosition | undefined): SQL {
  if (after === undefined) return sql`true`;
  return sql`(p.message_count < ${after.at}::int
    or (p.message_count = ${after.at}::int and p.id > ${after.id}::uuid))`;
}
