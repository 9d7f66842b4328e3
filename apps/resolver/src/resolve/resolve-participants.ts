import type { Tx } from '@kith/database';
import { type Cause, decide, type LinkState } from './decide.ts';
import { loadFacts } from './facts.ts';
import { type LinkChange, writeLinks } from './links.ts';

/**
 * Brings the participants to what the rule says now, and answers those that changed. Calling it again changes
 * nothing; calling it for more participants than needed costs time and nothing else.
 */
export async function resolveParticipants(
  tx: Tx,
  participantIds: readonly string[],
  options: { cause: Cause; at: string; actor?: string },
): Promise<LinkChange[]> {
  if (participantIds.length === 0) return [];
  const facts = await loadFacts(tx, participantIds);
  const changes = facts.flatMap(({ participantId, ...known }) => {
    const after = decide(known, options.cause);
    if (isSame(known.current, after)) return [];
    return [
      {
        participantId,
        before: known.current,
        after,
        evidence: known.evidence,
        actor: options.actor ?? 'rule',
      },
    ];
  });
  await writeLinks(tx, changes, options.at);
  return changes;
}

function isSame(a: LinkState, b: LinkState): boolean {
  return (
    a.status === b.status &&
    a.recordId === b.recordId &&
    a.method === b.method &&
    a.confidence === b.confidence
  );
}
