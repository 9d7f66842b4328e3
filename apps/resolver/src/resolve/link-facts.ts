import type { Fact } from '@kith/contracts';
import type { LinkChange } from './links.ts';

/** What a change tells the other services. */
export function factsOf(change: LinkChange): Fact[] {
  return [...lostLink(change), ...madeLink(change), ...doubt(change)];
}

function lostLink({ participantId, before, after }: LinkChange): Fact[] {
  if (before.recordId === null || before.recordId === after.recordId) return [];
  const data = { participantId, recordId: before.recordId };
  return [
    { type: 'participant.unlinked', data },
    { type: 'record.activity', data: { ...data, reason: 'unlinked' } },
  ];
}

function madeLink({ participantId, before, after }: LinkChange): Fact[] {
  const { recordId, method, confidence } = after;
  if (recordId === null || method === null || confidence === null) return [];
  const isSame = before.recordId === recordId && before.method === method && before.confidence === confidence;
  if (isSame) return [];
  const data = { participantId, recordId };
  const facts: Fact[] = [{ type: 'participant.linked', data: { ...data, method, confidence } }];
  if (before.recordId !== recordId) {
    facts.push({ type: 'record.activity', data: { ...data, reason: 'linked' } });
  }
  return facts;
}

function doubt({ participantId, before, after, evidence }: LinkChange): Fact[] {
  const isNew =
    before.status !== after.status || before.candidates.join('\n') !== after.candidates.join('\n');
  if (!isNew || after.candidates.length === 0) return [];
  const holders = new Set(evidence.map((found) => found.recordId));
  if (after.recordId === null) {
    return [{ type: 'participant.ambiguous', data: { participantId, candidateCount: holders.size } }];
  }
  holders.delete(after.recordId);
  const data = { participantId, recordId: after.recordId, candidateCount: holders.size };
  return [{ type: 'participant.contested', data }];
}
