import { counts, deadLetters, deliveries } from './accounting.ts';
import type { Walk } from './check.ts';
import { conversations } from './conversations.ts';
import { days } from './days.ts';
import { entries } from './entries.ts';
import { messages } from './messages.ts';
import { identifiers, participants } from './participants.ts';
import { records } from './records.ts';
import { referenceWalks } from './references.ts';
import { syncs } from './syncs.ts';

/** Every check of a workspace, in the order in which they run: links first. */
export const walks: readonly Walk[] = [
  participants,
  identifiers,
  records,
  conversations,
  messages,
  days,
  entries,
  counts,
  deliveries,
  deadLetters,
  syncs,
  ...referenceWalks,
];
