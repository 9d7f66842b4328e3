/*
 * Links and unlinks that people ask for, one or many at a time: what they name is checked first, then their words
 * are taken.
 */
import { KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { loadFacts } from '../resolve/facts.ts';
import { findParticipants, requireRecords } from './find.ts';
import { type Stamp, takeWords } from './take-words.ts';

/** A link that a person asks for. */
export interface LinkRequest {
  participantId: string;
  recordId: string;
  confidence: number;
  method: string;
}

/** What a link says where the person did not say more. */
export const manualLink = { method: 'manual', confidence: 0.9 } as const;

/** How many links came or went, and the entries of the history by which to undo each. */
export interface LinksChanged {
  count: number;
  eventIds: string[];
}

/** Links participants to records. `field` names where in the input each part of a request stands. */
export async function linkByPerson(
  tx: Tx,
  requests: readonly LinkRequest[],
  options: Stamp & { field(index: number, part: 'participantId' | 'recordId'): string },
): Promise<LinksChanged> {
  const ids = await findParticipants(
    tx,
    requests.map(({ participantId }) => participantId),
    (index) => options.field(index, 'participantId'),
  );
  requireDistinct(ids, (index) => options.field(index, 'participantId'));
  await requireRecords(
    tx,
    requests.map(({ recordId }) => recordId),
    (index) => options.field(index, 'recordId'),
  );
  await requireExternal(tx, ids, (index) => options.field(index, 'participantId'));
  const words = requests.map(({ recordId, confidence, method }, index) => ({
    participantId: ids[index] ?? '',
    recordId,
    verdict: 'is' as const,
    confidence,
    method,
  }));
  const decided = await takeWords(tx, words, options);
  return {
    count: decided.filter(({ before, after }) => before.recordId !== after.recordId).length,
    eventIds: decided.map(({ eventId }) => String(eventId)),
  };
}

/** Takes links away for good: no rule makes them again. Participants without a link are left as they are. */
export async function unlinkByPerson(
  tx: Tx,
  participantIds: readonly string[],
  options: Stamp & { field(index: number): string },
): Promise<LinksChanged> {
  const ids = [...new Set(await findParticipants(tx, participantIds, (index) => options.field(index)))];
  const known = await loadFacts(tx, ids);
  const words = known.flatMap(({ participantId, current: { recordId } }) =>
    recordId === null
      ? []
      : [{ participantId, recordId, verdict: 'is_not' as const, method: null, confidence: null }],
  );
  const decided = await takeWords(tx, words, options);
  return { count: decided.length, eventIds: decided.map(({ eventId }) => String(eventId)) };
}

function requireDistinct(ids: readonly string[], field: (index: number) => string): void {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) === index) continue;
    throw new KithError('bad_input', 'the participant is named twice', { field: field(index) });
  }
}

async function requireExternal(
  tx: Tx,
  ids: readonly string[],
  field: (index: number) => string,
): Promise<void> {
  const internal = new Set(
    (await loadFacts(tx, ids)).filter((facts) => facts.internal).map(({ participantId }) => participantId),
  );
  const index = ids.findIndex((id) => internal.has(id));
  if (index < 0) return;
  throw new KithError('participant_internal', 'this participant is the company itself and cannot be linked', {
    field: field(index),
  });
}
