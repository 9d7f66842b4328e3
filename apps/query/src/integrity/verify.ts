/*
 * Runs the checks, a bounded number of rows at a time: an answer tells of the rows between two cursors, and a check
 * whose rows are not all among them goes on with the next answer.
 */
import { type Rows, textArray } from '@kith/database';
import { sql, type SQL } from 'drizzle-orm';
import * as z from 'zod';
import { encodeCursor } from '../cursor.ts';
import type { Verification, VerifiedCheck } from '../shapes.ts';
import type { Path, Walk } from './check.ts';
import { walks } from './walks.ts';

/** Steps of an answer: few enough that its slowest statement stays far from the deadline. */
const stepsPerAnswer = 2_000;
/** As many violations of a check are counted in one answer, and the first of them named. */
const countedMax = 1_000;
const namedMax = 20;

const stepForms: Record<Walk['steps'], RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  text: /^[^\0]+$/,
  bigint: /^\d{1,18}$/,
};

/** A place on the way: the walk `at`, and the last step that was taken there, empty at its beginning. */
export const WalkPosition = z.object({ at: z.string(), id: z.string().max(200) }).refine(({ at, id }) => {
  const walk = walks.find(({ name }) => name === at);
  return walk !== undefined && (id === '' || stepForms[walk.steps].test(id));
});
export type WalkPosition = z.infer<typeof WalkPosition>;

/** Whose checks run: a record's, or without one all of the workspace's. */
export interface VerifyScope {
  workspace: string;
  recordId: string | undefined;
}

/** A walk in one scope. */
interface Way {
  walk: Walk;
  steps: SQL;
  rows: (ids: SQL) => SQL;
}

/** Goes on from a place for one answer's worth of steps. */
export async function verify(
  db: Rows,
  scope: VerifyScope,
  from: WalkPosition | undefined,
): Promise<Verification> {
  const ways = walks.flatMap((walk) => wayOf(walk, scope));
  // A place that is not on these ways, as of a workspace's walk for one record, begins anew.
  const begin = ways.findIndex(({ walk }) => walk.name === from?.at);
  const checks: VerifiedCheck[] = [];
  let room = stepsPerAnswer;
  for (const [index, way] of ways.entries()) {
    if (index < begin) continue;
    const ids = await readSteps(db, way, { after: index === begin ? (from?.id ?? '') : '', limit: room });
    checks.push(...(await runChecks(db, way, ids)));
    room -= ids.length;
    const last = ids.at(-1);
    if (room === 0 && last !== undefined) {
      return pause(checks, (index + shareOf(way.walk, last)) / ways.length, { at: way.walk.name, id: last });
    }
  }
  return { checks, progress: 1, nextCursor: null };
}

function wayOf(walk: Walk, { workspace, recordId }: VerifyScope): Way[] {
  if (recordId === undefined) return [bind(walk, walk.everywhere, { workspace })];
  return walk.ofRecord === null ? [] : [bind(walk, walk.ofRecord, { workspace, recordId })];
}

function bind<Scope>(walk: Walk, path: Path<Scope>, scope: Scope): Way {
  return { walk, steps: path.steps(scope), rows: (ids) => path.rows(scope, ids) };
}

function pause(checks: VerifiedCheck[], progress: number, place: WalkPosition): Verification {
  return { checks, progress, nextCursor: encodeCursor(place) };
}

/** How much of a walk lies before a step: ids are hashes, spread evenly; of others nothing is known. */
function shareOf({ steps }: Walk, id: string): number {
  return steps === 'uuid' ? Number.parseInt(id.slice(0, 8), 16) / 2 ** 32 : 0;
}

async function readSteps(
  db: Rows,
  { walk, steps }: Way,
  page: { after: string; limit: number },
): Promise<string[]> {
  const type = sql.raw(walk.steps);
  const further = page.after === '' ? sql`true` : sql`step.id > ${page.after}::${type}`;
  const rows = await db.rows<{ id: string }>(sql`
    select step.id::text as id from (
      select distinct id from (${steps}) step where id is not null and ${further} order by id limit ${page.limit}) step
    order by step.id`);
  return rows.map(({ id }) => id);
}

async function runChecks(db: Rows, way: Way, ids: readonly string[]): Promise<VerifiedCheck[]> {
  const checks: VerifiedCheck[] = [];
  for (const { broken, ...check } of way.walk.checks) {
    const found = ids.length === 0 ? [] : await db.rows<{ id: string }>(violationsOf(way, ids, broken));
    checks.push({
      ...check,
      of: way.walk.of,
      ok: found.length === 0,
      count: found.length,
      violations: found.slice(0, namedMax).map(({ id }) => id),
    });
  }
  return checks;
}

/** The statement that finds what breaks a check among some ids. */
function violationsOf({ walk, rows }: Way, ids: readonly string[], broken: SQL): SQL {
  const list = sql`${textArray(ids)}::${sql.raw(walk.steps)}[]`;
  return sql`select ${walk.id}::text as id from ${rows(list)} and (${broken}) order by ${walk.id} limit ${countedMax}`;
}
