/*
 * A workspace of any size, made inside the database in minutes: for benchmarks, for tests of plans, and to try an
 * installation at the size that it will have.
 *
 * Its records are as uneven as those of real companies. One has three of eight conversations, through four
 * participants; one has 5,000 participants; ten have a thousandth of all conversations each; all others a few. A
 * fifth of the conversations have two external participants, half of those both of one record.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Rows } from '../database.ts';
import { rebuildMessageDays } from '../message-days.ts';
import { fillRecordReads } from '../record-reads.ts';
import {
  conversationPlan,
  conversations,
  messages,
  messageWords,
  participations,
  people,
  sizeOf,
  texts,
} from './statements.ts';
import { withoutIndexes } from './without-indexes.ts';

/** Which workspace to make, and about how many messages it has. */
export interface PopulationOptions {
  workspace: string;
  messages: number;
  /** How many words a message has, about; 40 unless told. */
  words?: number;
  /** Whether messages can be found by their words: true unless told. Half of the time goes into that. */
  isSearched?: boolean;
  /** Hears of each step when it is done, with how long it took (milliseconds). */
  onStep?: (step: string, tookMs: number) => void;
}

/** Records to look at, by what lies behind them. */
export interface Population {
  /** Three of eight conversations. */
  largest: string;
  /** 5,000 participants. */
  crowd: string;
  /** A thousandth of all conversations, 20 participants. */
  heavy: string;
  /** As most are. */
  median: string;
}

/**
 * Fills a database in which the workspace is new, and nobody else is at work: indexes are dropped and made again.
 * `db` must allow statements as long as the size asks for.
 */
export async function populate(db: Rows, options: PopulationOptions): Promise<Population> {
  const size = sizeOf({ words: 40, ...options });
  const step = timed(options.onStep ?? (() => {}));
  const load = (name: string, tables: readonly string[], statements: readonly SQL[]) =>
    step(name, () => withoutIndexes(db, tables, () => runAll(db, statements)));
  await db.rows(sql`insert into workspace (id) values (${options.workspace}) on conflict do nothing`);
  await load(
    'people',
    ['record', 'record_identifier', 'participant', 'participant_identifier'],
    people(size),
  );
  await step('plan', () => runAll(db, [...conversationPlan(size), ...texts(size)]));
  await load('conversations', ['conversation'], conversations(size));
  await load('who takes part', ['conversation_participant', 'participant', 'record'], participations(size));
  await load('messages', ['message', 'message_participant'], messages(size));
  if (options.isSearched !== false) await load('words', ['message_search'], messageWords(size));
  await step('read model', () =>
    withoutIndexes(db, ['record_conversation', 'record_message', 'record_channel'], () =>
      fillRecordReads(db, options.workspace),
    ),
  );
  await step('days', async () => void (await rebuildMessageDays(db, options.workspace)));
  await step('vacuum', () =>
    runAll(db, [sql`drop table population_conversation, population_text`, sql`vacuum (analyze)`]),
  );
  return { largest: '1', crowd: '2', heavy: '7', median: String(Math.floor(size.records / 2)) };
}

async function runAll(db: Rows, statements: readonly SQL[]): Promise<void> {
  for (const statement of statements) await db.rows(statement);
}

const timed =
  (onStep: (step: string, tookMs: number) => void) =>
  async (name: string, work: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    await work();
    onStep(name, performance.now() - began);
  };
