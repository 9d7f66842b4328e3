/*
 * Takes back one entry of the history by appending its reverse. Nothing is erased: the entry stays, marked as
 * undone by the new one, which can be undone in turn.
 *
 * Taking back a person's word restores the decisions that it replaced; taking back a rule's link or unlink is a
 * person's word against it, so that the rule does not do the same again. Then the rule decides from what is true
 * now. Later words of people stand in the way and are to be undone first: newest first, nothing half done.
 */
import { KithError, type LinkAction, type LinkReason } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { decide, type LinkState } from '../resolve/decide.ts';
import { loadFacts, type ParticipantFacts } from '../resolve/facts.ts';
import { type LinkChange, writeLinks } from '../resolve/links.ts';
import { type MergedSide, mergeParticipants } from '../resolve/merge-participants.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { readStored, restoreDecisions, type StoredDecision, type Word } from './decision-rows.ts';
import { requireRecords } from './find.ts';
import { manualLink } from './link-by-person.ts';
import { mergeRecords, unmergeRecords } from './merge-records.ts';
import { setDismissed } from './review.ts';
import { joinAgain, splitParticipants } from './split-participants.ts';
import { type Stamp, takeWords } from './take-words.ts';

interface Entry {
  id: number;
  participantId: string | null;
  /** The participant that it is now, where it has merged into another. */
  liveId: string | null;
  action: LinkAction;
  reason: LinkReason;
  recordId: string | null;
  previousRecordId: string | null;
  causedBy: number | null;
  undoneBy: number | null;
  before: {
    link?: LinkState;
    decisions?: StoredDecision[];
    into?: MergedSide;
    from?: MergedSide[] | string[];
    members?: string[];
    dismissed?: boolean;
  } | null;
}

/** Undoes an entry, and answers the entry of the undoing. */
export async function undoEntry(tx: Tx, eventId: string, stamp: Stamp): Promise<{ eventId: number }> {
  const entry = await readEntry(tx, eventId);
  if (entry.undoneBy !== null) {
    throw new KithError('already_undone', `this entry is undone already, by entry ${entry.undoneBy}`, {
      field: 'eventId',
    });
  }
  if (entry.causedBy !== null) {
    throw conflict(`this entry followed from entry ${entry.causedBy}: undo that one, and this goes with it`);
  }
  return { eventId: await reverse(tx, entry, stamp) };
}

async function reverse(tx: Tx, entry: Entry, stamp: Stamp): Promise<number> {
  if (entry.participantId === null || entry.liveId === null) return reverseOfRecords(tx, entry, stamp);
  if (entry.action === 'merged') return splitAgain(tx, entry, stamp);
  if (entry.action === 'split') return mergeAgain(tx, entry, stamp);
  await requireNoLaterWord(tx, entry, entry.liveId);
  if (entry.reason === 'person' || entry.reason === 'undo')
    return takeBackWord(tx, entry, entry.liveId, stamp);
  return contradictRule(tx, entry, entry.liveId, stamp);
}

async function readEntry(tx: Tx, eventId: string): Promise<Entry> {
  const isNumber = /^\d{1,15}$/.test(eventId);
  const [entry] = isNumber
    ? await tx.rows<Entry>(sql`
      select e.id::int8 as id, e.participant_id as "participantId", coalesce(p.merged_into, p.id) as "liveId",
        e.action, e.reason, e.record_id as "recordId", e.previous_record_id as "previousRecordId",
        e.caused_by as "causedBy", e.before,
        (select u.id from link_event u where u.workspace_id = e.workspace_id and u.undoes = e.id) as "undoneBy"
      from link_event e
      left join participant p on p.workspace_id = e.workspace_id and p.id = e.participant_id
      where e.workspace_id = ${tx.workspace} and e.id = ${eventId}::bigint`)
    : [];
  if (entry !== undefined) return entry;
  throw new KithError('event_not_found', 'no entry of the history with this id', { field: 'eventId' });
}

/** A later word of a person that still stands: to be undone first. */
async function requireNoLaterWord(tx: Tx, entry: Entry, liveId: string): Promise<void> {
  const [later] = await tx.rows<{ id: number }>(sql`
    select e.id from link_event e
    where e.workspace_id = ${tx.workspace} and e.participant_id = ${liveId} and e.id > ${entry.id}
      and (e.reason = 'person' or (e.reason = 'undo' and e.action <> 'split' and e.undoes < ${entry.id}))
      and not exists (
        select 1 from link_event u where u.workspace_id = e.workspace_id and u.undoes = e.id)
    order by e.id desc limit 1`);
  if (later === undefined) return;
  throw conflict(`a person decided again since, in entry ${later.id}: undo that one first`);
}

/** Restores what the word replaced, and goes on from the link before it. */
async function takeBackWord(tx: Tx, entry: Entry, liveId: string, stamp: Stamp): Promise<number> {
  const { before } = entry;
  if (before?.link === undefined) throw conflict('this entry is older than what can be undone');
  if (entry.participantId !== liveId) {
    throw conflict('the participant has merged into another since: undo that first');
  }
  const decisions = before.decisions ?? [];
  const replaced = await readStored(tx, liveId, decisions);
  await restoreDecisions(tx, liveId, decisions);
  const facts = await factsOf(tx, liveId);
  const after = decide({ ...facts, current: before.link }, 'undo');
  const eventId = await writeEntry(tx, stamp, {
    ...entryFor(facts, stamp, entry.id),
    after,
    restores: { decisions: replaced, ...dismissalOf(before.dismissed, (dismissed) => !dismissed) },
  });
  if (before.dismissed !== undefined) await setDismissed(tx, [liveId], before.dismissed);
  return eventId;
}

/** A person's word against what a rule did: not this record, or back to the record that it left. */
async function contradictRule(tx: Tx, entry: Entry, liveId: string, stamp: Stamp): Promise<number> {
  const { current, internal } = await factsOf(tx, liveId);
  const { recordId, previousRecordId } = entry;
  if (recordId === previousRecordId) throw conflict('this entry changed no link: there is nothing to undo');
  if (internal) throw conflict('the participant is the company itself: it is never linked');
  if (current.recordId !== recordId)
    throw conflict('the link has changed since: undo what came after it first');
  if (current.manual) throw conflict('a person has confirmed the link since: unlink it instead');
  if (previousRecordId !== null) await requireRecords(tx, [previousRecordId], () => 'eventId');
  const word: Word =
    previousRecordId === null
      ? { participantId: liveId, recordId: recordId ?? '', verdict: 'is_not', method: null, confidence: null }
      : { participantId: liveId, recordId: previousRecordId, verdict: 'is', ...manualLink };
  const [decided] = await takeWords(tx, [word], { ...stamp, undoes: entry.id });
  if (decided === undefined) throw conflict('this was said already: there is nothing to undo');
  return decided.eventId;
}

async function splitAgain(tx: Tx, entry: Entry, stamp: Stamp): Promise<number> {
  const { into, from = [] } = entry.before ?? {};
  if (into === undefined) throw conflict('this entry is older than what can be undone');
  return splitParticipants(tx, { eventId: entry.id, into, from: from as MergedSide[] }, stamp);
}

/** Undoing a split makes the sides one again. */
async function mergeAgain(tx: Tx, entry: Entry, stamp: Stamp): Promise<number> {
  const into = entry.participantId ?? '';
  const from = (entry.before?.from ?? []) as string[];
  const live = await loadFacts(tx, [into, ...from]);
  if (live.length !== from.length + 1) throw conflict('what this entry split has merged into others since');
  await joinAgain(tx, [into, ...from]);
  const gained = await mergeParticipants(tx, [{ into, from }], stamp.at, {
    actor: stamp.actor,
    undoes: entry.id,
  });
  const eventId = (await readEntry(tx, String(entry.id))).undoneBy ?? 0;
  await resolveParticipants(tx, [into], {
    reason: 'participants_merged',
    actor: stamp.actor,
    at: stamp.at,
    causedBy: eventId,
    gained,
  });
  return eventId;
}

async function reverseOfRecords(tx: Tx, entry: Entry, stamp: Stamp): Promise<number> {
  const [recordId, mergedRecordId] = [entry.recordId ?? '', entry.previousRecordId ?? ''];
  if (entry.action === 'merged') {
    const members = entry.before?.members ?? [];
    return unmergeRecords(tx, { eventId: entry.id, mergedRecordId, members }, stamp);
  }
  const input = { recordId: mergedRecordId, intoRecordId: recordId };
  const { eventId } = await mergeRecords(tx, input, { ...stamp, undoes: entry.id });
  if (eventId === null) throw conflict('the records are merged again already');
  return eventId;
}

async function factsOf(tx: Tx, participantId: string): Promise<ParticipantFacts> {
  const [facts] = await loadFacts(tx, [participantId]);
  if (facts === undefined) throw conflict('the participant is not there any more');
  return facts;
}

function entryFor(facts: ParticipantFacts, { actor }: Stamp, undoes: number) {
  const { participantId, current: before, evidence } = facts;
  return { participantId, before, evidence, actor, reason: 'undo' as const, undoes };
}

async function writeEntry(tx: Tx, { at }: Stamp, change: LinkChange): Promise<number> {
  return (await writeLinks(tx, [change], at)).get(change.participantId) ?? 0;
}

function dismissalOf(
  before: boolean | undefined,
  now: (before: boolean) => boolean,
): { dismissed?: boolean } {
  return before === undefined ? {} : { dismissed: now(before) };
}

const conflict = (message: string): KithError =>
  new KithError('undo_conflict', message, { field: 'eventId' });
