/*
 * How good the automatic links are: a population of a seed, played through the resolver, judged by its labels.
 */
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';
import { answerOf, failuresOf } from './failures.ts';
import { generatePopulation } from './generate.ts';
import { peerRules } from './peers.ts';
import type { Population, Stratum } from './population.ts';
import { playPopulation } from './run.ts';
import { type Score, scoreOf, scoresByStratum } from './score.ts';
import { truthsOf } from './truth.ts';

/** What came of a population. */
export interface Evaluation {
  seed: number;
  postgresVersion: string;
  population: Population;
  deliveries: number;
  messages: number;
  kith: Score;
  /** By what the rules are called. */
  peers: Readonly<Record<string, Score>>;
  byStratum: ReadonlyMap<Stratum, Score>;
  /** What must not be: a case in a sentence each. */
  failures: readonly string[];
}

/** Evaluates the resolver, and the peers' rules on the same data. The workspace must be new. */
export async function evaluate(
  db: Database,
  { seed, people, workspace = 'evaluation' }: { seed: number; people: number; workspace?: string },
): Promise<Evaluation> {
  const population = generatePopulation({ seed, people });
  const truths = truthsOf(population);
  const played = await playPopulation(db, population, { seed, workspace });
  const answers = played.resolved.map(answerOf);
  const [server] = await db.rows<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  const peers = Object.entries(peerRules).map(([name, rule]) => [name, scoreOf(truths, rule(population))]);
  return {
    seed,
    postgresVersion: server?.version ?? '',
    population,
    deliveries: played.deliveries,
    messages: played.messages,
    kith: scoreOf(truths, answers),
    peers: Object.fromEntries(peers) as Record<string, Score>,
    byStratum: scoresByStratum(truths, answers),
    failures: failuresOf(truths, played.resolved),
  };
}
