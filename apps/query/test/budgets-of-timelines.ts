/* What pages of a record's timeline may cost, wherever they lie and of whomever they are. */
import type { Rows } from '@kith/database';
import type { Population } from '@kith/database/population';
import type { ListPart } from '../src/reads/list-part.ts';
import { readRecordTimeline } from '../src/reads/record-timeline.ts';
import type { Budget } from './budget.ts';
import { type Places, populatedUntil } from './places.ts';

const timeline =
  (record: keyof Population, part: Partial<ListPart> = {}, who?: 'one' | 'busiest' | 'colleague') =>
  (db: Rows, at: Places): Promise<unknown> =>
    readRecordTimeline(
      db,
      { workspace: at.workspace, recordId: at[record], channels: undefined },
      { order: 'newest', shown: undefined, ...part, participantIds: who && [at[who]], limit: 50 },
    );

/** In the middle of what `populate` makes. */
const longAgo = '2025-01-01T00:00:00.000Z';

const pageOfMessages =
  'Three ranges of record_message_pkey; of 50 messages by key each the message, its author’s identifier and name.';

export const timelineBudgets: readonly Budget[] = [
  ...(['median', 'heavy', 'crowd', 'largest'] as const).map((record) => ({
    ask: `records.timeline of the ${record}`,
    read: timeline(record),
    statements: 1,
    buffers: 1_050,
    because: pageOfMessages,
  })),
  {
    ask: 'records.timeline of the largest, page 1,001',
    read: (db, at) => timeline('largest', { shown: at.farMessage })(db, at),
    statements: 1,
    buffers: 1_050,
    because: pageOfMessages,
  },
  ...(
    [
      ['before a date', { before: longAgo }],
      ['from a date on, oldest first', { order: 'oldest', after: longAgo }],
      ['between two dates, oldest first', { order: 'oldest', after: longAgo, before: populatedUntil }],
      ['of its beginning', { order: 'oldest' }],
    ] as const
  ).map(([part, window]) => ({
    ask: `records.timeline of the largest, ${part}`,
    read: timeline('largest', window),
    statements: 1,
    buffers: 1_050,
    because: pageOfMessages,
  })),
  {
    ask: 'records.timeline of the largest after page 1,000, down to a date',
    read: (db, at) => timeline('largest', { shown: at.farMessage, after: longAgo })(db, at),
    statements: 1,
    buffers: 1_050,
    because: pageOfMessages,
  },
  {
    ask: 'records.timeline of the crowd, of one of it',
    read: timeline('crowd', {}, 'one'),
    statements: 3,
    buffers: 1_100,
    because:
      'The newest messages of each of its conversations, which are looked for from the participant’s side.',
  },
  {
    ask: 'records.timeline of the median, of a colleague',
    read: timeline('median', {}, 'colleague'),
    statements: 3,
    buffers: 700,
    because: 'Some of the record’s few conversations, which are looked for from the record’s side.',
  },
  {
    ask: 'records.timeline of the largest, of a colleague',
    read: timeline('largest', {}, 'colleague'),
    statements: 3,
    buffers: 34_000,
    rowsGathered: 15_000,
    because:
      'As many of all conversations as the colleague is in by key, nearly 2,000 of them the record’s, and the newest ' +
      'messages of each.',
  },
  {
    ask: 'records.timeline of the largest, of the busiest of it',
    read: timeline('largest', {}, 'busiest'),
    statements: 3,
    buffers: 14_000,
    rowsGathered: 2_001,
    because:
      'Two thousand and one of its conversations by key, which are many; then its timeline is walked, and about every ' +
      'other message is of theirs.',
  },
  {
    ask: 'records.timeline of the largest, of the busiest of it, from a date on',
    read: timeline('largest', { order: 'oldest', after: longAgo }, 'busiest'),
    statements: 3,
    buffers: 14_000,
    rowsGathered: 2_001,
    because:
      'Two thousand and one of its conversations by key, which are many; then its timeline is walked, and about every ' +
      'other message is of theirs.',
  },
];
