import type { Channel } from '@kith/contracts';
import type { Findings } from './findings.ts';
import { channels, identifierOn, identityKey } from './identify.ts';
import type { OldParticipant } from './old-rows.ts';

/** Tells of participants without an identifier, with one that cannot be read, and with one that another has. */
export interface IdentityFindings {
  tell(participant: OldParticipant): void;
}

/** Remembers the first participant of each identity: some hundred bytes for each of them. */
export function createIdentityFindings(findings: Findings, country: string | null): IdentityFindings {
  const firstOf = new Map<string, string>();
  const tellRepetition = (id: string, key: string, channel: Channel): void => {
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, id);
    else findings.add('participant_twice', `participants ${first} and ${id}, ${channel}`);
  };
  return {
    tell: (participant) => {
      const { id } = participant;
      const found = channels.map((channel) => ({ channel, ...identifierOn(channel, participant, country) }));
      if (found.every((each) => !each.ok && each.problem === 'none')) {
        findings.add('participant_without_identifier', `participant ${id}`);
      }
      for (const each of found) {
        const { channel } = each;
        if (each.ok) tellRepetition(id, identityKey(channel, each.identifier), channel);
        else if (each.problem === 'unreadable') {
          findings.add('identifier_unreadable', `participant ${id}, ${channel}`);
        }
      }
    },
  };
}
