import { accountingFaults, syncFaults } from './accounting.ts';
import { conversationFaults, dayFaults, messageFaults } from './conversations.ts';
import type { Fault } from './fault.ts';
import { historyFaults, linkFaults } from './links.ts';
import { participantFaults, recordFaults } from './people.ts';
import { referenceFaults } from './references.ts';
import { wordFaults } from './words.ts';

/** At least one for each check. */
export const faults: readonly Fault[] = [
  ...linkFaults,
  ...historyFaults,
  ...participantFaults,
  ...recordFaults,
  ...conversationFaults,
  ...messageFaults,
  ...dayFaults,
  ...accountingFaults,
  ...syncFaults,
  ...referenceFaults,
  ...wordFaults,
];
