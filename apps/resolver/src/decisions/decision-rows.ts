/*
 * People's decisions as rows: `participant_decision`, and what a new word replaces of it, for undoing.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';

/** A person's word about one live participant. `method` and `confidence` go with `is`. */
export interface Word {
  participantId: string;
  recordId: string;
  verdict: 'is' | 'is_not';
  method: string | null;
  confidence: number | null;
}

/** What is decided of a participant and a record; `stored` is null where nothing is. */
export interface StoredDecision {
  recordId: string;
  stored: {
    verdict: 'is' | 'is_not';
    method: string | null;
    confidence: number | null;
    actor: string;
    at: string;
  } | null;
}

/** What each word replaces: the decision about the same record, and for `is` the link to another one. */
export async function readReplaced(tx: Tx, words: readonly Word[]): Promise<Map<string, StoredDecision[]>> {
  const rows = await tx.rows<StoredDecision & { participantId: string }>(sql`
    select d.participant_id as "participantId", d.record_id as "recordId", ${storedColumns} as stored
    from ${rowSet(words.map(toRow), wordColumns)}
    join participant_decision d on d.workspace_id = ${tx.workspace} and d.participant_id = input.participant_id
      and (d.record_id = input.record_id or (input.verdict = 'is' and d.verdict = 'is'))`);
  return new Map(
    words.map(({ participantId, recordId }) => {
      const found = rows
        .filter((row) => row.participantId === participantId)
        .map((row): StoredDecision => ({ recordId: row.recordId, stored: row.stored }));
      const isDecided = found.some((one) => one.recordId === recordId);
      return [participantId, isDecided ? found : [...found, { recordId, stored: null }]];
    }),
  );
}

/** What is decided now of a participant and the records of these decisions. */
export async function readStored(
  tx: Tx,
  participantId: string,
  decisions: readonly StoredDecision[],
): Promise<StoredDecision[]> {
  const rows = decisions.map(({ recordId }) => ({ record_id: recordId }));
  return tx.rows<StoredDecision>(sql`
    select input.record_id as "recordId", case when d.record_id is not null then ${storedColumns} end as stored
    from ${rowSet(rows, 'record_id text')}
    left join participant_decision d on d.workspace_id = ${tx.workspace}
      and d.participant_id = ${participantId} and d.record_id = input.record_id`);
}

/** Stores the words; a participant is one record at most. */
export async function writeDecisions(
  tx: Tx,
  words: readonly Word[],
  { actor, at }: { actor: string; at: string },
): Promise<void> {
  const linked = words.filter(({ verdict }) => verdict === 'is').map(({ participantId }) => participantId);
  await tx.rows(sql`delete from participant_decision
    where workspace_id = ${tx.workspace} and participant_id = any(${uuidArray(linked)}) and verdict = 'is'`);
  await tx.rows(sql`
    insert into participant_decision (workspace_id, participant_id, record_id, verdict, method, confidence, actor, at)
    select ${tx.workspace}, participant_id, record_id, verdict, method, confidence, ${actor}, ${at}::timestamptz
    from ${rowSet(words.map(toRow), wordColumns)}
    on conflict (workspace_id, participant_id, record_id) do update
      set verdict = excluded.verdict, method = excluded.method, confidence = excluded.confidence,
        actor = excluded.actor, at = excluded.at`);
}

/** Puts a participant's decisions back to what they were. */
export async function restoreDecisions(
  tx: Tx,
  participantId: string,
  decisions: readonly StoredDecision[],
): Promise<void> {
  const rows = decisions.map(({ recordId, stored }) => ({ record_id: recordId, ...stored }));
  const columns = 'record_id text, verdict text, method text, confidence float8, actor text, at timestamptz';
  await tx.rows(sql`delete from participant_decision d using ${rowSet(rows, columns)}
    where d.workspace_id = ${tx.workspace} and d.participant_id = ${participantId}
      and d.record_id = input.record_id`);
  await tx.rows(sql`
    insert into participant_decision (workspace_id, participant_id, record_id, verdict, method, confidence, actor, at)
    select ${tx.workspace}, ${participantId}, record_id, verdict, method, confidence, actor, at
    from ${rowSet(rows, columns)} where verdict is not null`);
}

const storedColumns = sql`json_build_object('verdict', d.verdict, 'method', d.method, 'confidence', d.confidence,
  'actor', d.actor, 'at', d.at)`;

const wordColumns = 'participant_id uuid, record_id text, verdict text, method text, confidence float8';

const toRow = ({ participantId, recordId, verdict, method, confidence }: Word) => ({
  participant_id: participantId,
  record_id: recordId,
  verdict,
  method,
  confidence,
});
