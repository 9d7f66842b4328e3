import type { LinkReason } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { decide, isSameLink, type LinkState } from './decide.ts';
import { loadFacts } from './facts.ts';
import { type LinkChange, writeLinks } from './links.ts';

/** Why participants are resolved, when, and on whose account. */
export interface Resolution {
  reason: LinkReason;
  at: string;
  /** `rule` unless somebody's call of the API brought it about. */
  actor?: string;
  /** The entry of the history that this follows from. */
  causedBy?: number;
  /** What just became a participant's own, by its id: `<kind> <value>`. */
  gained?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The link to go on from, where it is not the stored one: by the participant's id. */
  from?: ReadonlyMap<string, LinkState>;
}

/**
 * Brings the participants to what the rule says now, and answers those that changed. Calling it again changes
 * nothing; calling it for more participants than needed costs time and nothing else.
 */
export async function resolveParticipants(
  tx: Tx,
  participantIds: readonly string[],
  resolution: Resolution,
): Promise<LinkChange[]> {
  const { reason, actor = 'rule', causedBy } = resolution;
  const facts = await loadFacts(tx, participantIds);
  const changes = facts.flatMap(({ participantId, ...known }): LinkChange[] => {
    const gained = resolution.gained?.get(participantId);
    const current = resolution.from?.get(participantId) ?? known.current;
    const after = decide({ ...known, current, ...(gained === undefined ? {} : { gained }) }, reason);
    if (isSameLink(known.current, after)) return [];
    const { current: before, evidence } = known;
    return [
      {
        participantId,
        before,
        after,
        evidence,
        actor,
        reason,
        ...(causedBy === undefined ? {} : { causedBy }),
      },
    ];
  });
  await writeLinks(tx, changes, resolution.at);
  return changes;
}
