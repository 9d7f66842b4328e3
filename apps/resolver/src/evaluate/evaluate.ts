/*
 * How good the automatic links are: a population of a seed, played through the resolver, judged by its labels.
 */
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';
import { generatePopulation } from './generate.ts';
import { peerRules } from './peers.ts';
import type { Population, Stratum } from './population.ts';
import { playPopulation, type Resolved } from './run.ts';
import { type Answer, isWrong, type Score, scoreOf, scoresByStratum } from './score.ts';
import { type Truth, truthsOf } from './truth.ts';

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

const answerOf = ({ status, recordId, contested }: Resolved): Answer => ({
  status,
  recordId,
  inReview: contested,
});

function failuresOf(truths: readonly Truth[], resolved: readonly Resolved[]): string[] {
  return [
    ...truths.flatMap((truth, index) => failureOf(truth, resolved[index])),
    ...mergedStrangers(truths, resolved),
  ];
}

function failureOf(truth: Truth, resolved: Resolved | undefined): string[] {
  const { identity, holders, ownRecords, isDecidable, isMisled } = truth;
  const named = `${identity.stratum} ${identity.namings.map(({ text }) => text).join(' ')}`;
  if (resolved === undefined || resolved.participantIds.length === 0)
    return [`${named}: nobody has been named so`];
  const { status, recordId } = resolved;
  if (identity.internal && status !== 'internal') return [`${named}: is the team's, and is ${status}`];
  if (isWrong(truth, answerOf(resolved)) && !isMisled && !resolved.contested) {
    return [`${named}: wrongly linked to ${recordId}, held by ${holders.join(', ') || 'no record'}`];
  }
  if (isDecidable && !ownRecords.has(recordId ?? '')) {
    const split =
      resolved.participantIds.length > 1 ? `, and is ${resolved.participantIds.length} participants` : '';
    return [`${named}: is ${status}, though ${holders.join(', ')} alone holds it${split}`];
  }
  return [];
}

/** Two identities of the population are never one participant. */
function mergedStrangers(truths: readonly Truth[], resolved: readonly Resolved[]): string[] {
  const first = new Map<string, Truth>();
  return resolved.flatMap(({ participantIds }, index) =>
    participantIds.flatMap((participantId) => {
      const truth = truths[index];
      const other = first.get(participantId);
      if (truth !== undefined && other === undefined) first.set(participantId, truth);
      if (truth === undefined || other === undefined) return [];
      const texts = [other, truth].map(({ identity }) => identity.namings[0]?.text ?? '');
      return [`${truth.identity.stratum} ${texts.join(' and ')}: are one participant`];
    }),
  );
}
